import Foundation

/// Reads the text of a configuration file.
public enum TextFile {
    /// The path of a file that another file names: as it is where it is absolute, otherwise below the other's folder.
    public static func path(_ path: String, besides file: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: file).deletingLastPathComponent()).path
    }

    /// - Throws: ``ConfigurationError`` for a file that is missing, unreadable or not UTF-8.
    public static func read(_ path: String) throws(ConfigurationError) -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw ConfigurationError(source: path, reason: "this file does not exist; check the path")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                source: path, reason: "this file cannot be read; check that it is a file, and its owner and mode")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw ConfigurationError(source: path, reason: "this file is not UTF-8 text")
        }
        return text
    }
}
