import Foundation

/// Any JSON, as a client sent it.
public enum JSONValue: Decodable, Equatable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
    /// Deeper than any property of the contracts, so of the wrong type wherever it stands.
    case nested

    /// The body, its properties, and members of members, such as `theme.colors.primary` and `data.0.groups.0`.
    private static let deepest = 4

    public init(from decoder: any Decoder) throws {
        // Each try below that fails costs as much as the value is deep: a deep and wide body would take minutes.
        guard decoder.codingPath.count <= Self.deepest else {
            self = .nested
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}
