/// An absolute `http` or `https` URL without spaces, quotes or control characters: it may be a link's target once it is escaped.
public struct WebAddress: Sendable, Equatable, CustomStringConvertible {
    public static let longest = 2_000

    public let description: String

    public init?(_ text: String) {
        let scheme = text.prefix(8).lowercased()
        guard scheme.hasPrefix("https://") || scheme.hasPrefix("http://"), text.utf8.count <= Self.longest else { return nil }
        guard text.unicodeScalars.allSatisfy(Self.isAllowed), Self.host(of: text)?.isEmpty == false else { return nil }
        description = text
    }

    private static func host(of text: String) -> Substring? {
        guard let slashes = text.firstRange(of: "://") else { return nil }
        return text[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    }

    /// What may stand in a link's target.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\"", "'", "<", ">", "\\", "`", "|", "^": false
        default: PlainText.isHarmless(scalar) && !scalar.properties.isWhitespace
        }
    }
}
