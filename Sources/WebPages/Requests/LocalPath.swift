/// Where a person wanted to go on this portal: a path that no browser takes for another site's address, and that tells of nothing done.
///
/// One slash at the start, not two; printable ASCII without backslashes, which browsers read as slashes (WHATWG URL,
/// section 4.4).
public struct LocalPath: Equatable, Sendable {
    public static let maximumLength = 2048

    public let value: String

    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= Self.maximumLength, bytes.first == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        // Who is led here afterwards has done nothing there, whatever the address says.
        value = NoticeSeals.silenced(text) ?? text
    }

    /// The log-in page that leads here afterwards.
    public var logIn: String { "/login?returnTo=\(encoded)" }

    /// The path as the value of a query.
    public var encoded: String { Self.encoded(value) }

    /// A path with a query, which may be empty.
    public static func address(_ path: String, query: [(name: String, value: String)]) -> String {
        let text = query.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        return text.isEmpty ? path : "\(path)?\(text)"
    }

    /// Any text as the name or the value in a query.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || isAlphanumeric(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
