import Yams

/// A YAML file with its name, read strictly: an unknown key, a duplicate key or a value of the wrong type is an error that
/// names the line.
///
/// ```swift
/// let file = try ConfigurationFile(yaml: text, named: "node.yaml", environment: environment)
/// let geo = try file.root.required("geo", expecting: "a geo id") { try GeoID($0) }
/// try file.root.finish()
/// ```
public struct ConfigurationFile {
    public let root: ConfigurationSection

    /// - Parameters:
    ///   - text: the file's text; empty means that every key keeps its default.
    ///   - name: the file's path, for messages.
    ///   - environment: variables that override keys: `PORTOLAN_MAIL_SMTP_HOST` stands for `mail.smtp.host`. Empty for files
    ///     that all processes share.
    /// - Throws: ``ConfigurationError`` when the text is no YAML mapping.
    public init(yaml text: String, named name: String, environment: [String: String] = [:]) throws {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.syntaxError(error, in: name)
        }
        let mapping: Node.Mapping
        switch node {
        case .mapping(let found): mapping = found
        case nil: mapping = Node.Mapping([])
        case .scalar(let scalar) where scalar.isNothing: mapping = Node.Mapping([])
        case let other?:
            throw ConfigurationError(
                source: name, line: other.mark?.line, reason: "expected keys and values, such as \"geo: eu\"")
        }
        root = ConfigurationSection(source: name, path: [], mapping: mapping, environment: environment)
    }

    /// The environment variable that overrides a key.
    public static func variable(for path: [String]) -> String {
        "PORTOLAN_" + path.joined(separator: "_").uppercased()
    }

    private static func syntaxError(_ error: YamlError, in name: String) -> ConfigurationError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            ConfigurationError(source: name, line: mark.line, reason: "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            ConfigurationError(
                source: name, line: context.mark.line,
                reason: "the key \(duplicates.joined(separator: ", ")) stands here more than once")
        default:
            ConfigurationError(source: name, reason: "this is not YAML: \(error)")
        }
    }
}
