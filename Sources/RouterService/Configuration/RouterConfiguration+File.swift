import ConfigurationFiles
import Foundation

extension RouterConfiguration {
    /// Reads a `router.yaml` and the topology beside it.
    ///
    /// - Parameters:
    ///   - path: the file; the topology's path is relative to its folder.
    ///   - environment: variables that override keys.
    /// - Throws: `ConfigurationError` naming the file, the line, the key and what was expected.
    public init(contentsOf path: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let text: String
        do {
            text = try UnreadableFile.read(path)
        } catch {
            throw ConfigurationError(source: path, reason: "\(error)")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try self.init(yaml: text, named: path, environment: environment) { reference in
            let topology = URL(fileURLWithPath: reference, relativeTo: folder).path
            return (topology, try UnreadableFile.read(topology))
        }
    }
}

/// Why a configuration file could not be read.
enum UnreadableFile: Error, CustomStringConvertible {
    case missing(String)
    case unreadable(String)

    var description: String {
        switch self {
        case .missing(let path): "expected a file at \(path), found none"
        case .unreadable(let path): "expected a readable text file in UTF-8 at \(path)"
        }
    }

    static func read(_ path: String) throws(UnreadableFile) -> String {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw .unreadable(path)
        }
        return text
    }
}
