/// Why a configuration cannot be used: the file, the line, the key, what was expected and what was found.
///
/// Its description is the one line that a process prints before it exits.
public struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file or the environment variable at fault.
    public let source: String
    /// One-based; nil where no single line is at fault.
    public let line: Int?
    /// The path of the key, as in `mail.smtp.port`; empty for the whole file.
    public let key: String
    /// What was expected, what was found, and what to do.
    public let reason: String

    public init(source: String, line: Int? = nil, key: String = "", reason: String) {
        self.source = source
        self.line = line
        self.key = key
        self.reason = reason
    }

    public var description: String {
        let place = line.map { "\(source):\($0)" } ?? source
        return key.isEmpty ? "\(place): \(reason)" : "\(place): \(key): \(reason)"
    }
}
