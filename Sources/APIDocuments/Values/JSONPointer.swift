/// The way from a document's root to a value (RFC 6901).
indirect enum JSONPointer: Sendable, CustomStringConvertible {
    case root
    case child(JSONPointer, String)

    init(_ tokens: [String]) { self = tokens.reduce(.root) { .child($0, $1) } }

    subscript(token: String) -> JSONPointer { .child(self, token) }
    subscript(index: Int) -> JSONPointer { .child(self, String(index)) }

    /// From the root on.
    var tokens: [String] {
        var tokens: [String] = []
        var pointer = self
        while case .child(let parent, let token) = pointer {
            tokens.append(token)
            pointer = parent
        }
        return tokens.reversed()
    }

    /// As RFC 6901 writes it, for comparing.
    var exact: String { tokens.map { "/" + Self.escaped($0) }.joined() }

    /// For messages: empty for the whole document; each name shortened, so that a message stays readable.
    var description: String { tokens.map { "/" + Self.escaped(PlainText.line($0, bytes: 200)) }.joined() }

    private static func escaped(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
        var escaped = ""
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
