/// The name by which a mail greets its reader.
enum Salutation {
    static let maximumLength = 60
    private static let signs = Set("/:@\\<>／：＠＼＜＞".unicodeScalars)
    /// What a browser reads as a dot in a host name (RFC 3490, section 3.1).
    private static let dots = Set(".。．｡".unicodeScalars)

    /// The name as it may stand after "Hello"; nil where the mail greets without one.
    ///
    /// Anybody can register with somebody else's address and any name. A name that is an advertisement or a link would turn
    /// the portal's own mail into the sender's, so what looks like one is left out.
    static func name(_ text: String) -> String? {
        let name = text.onOneLine
        guard (1...maximumLength).contains(name.unicodeScalars.count), !name.unicodeScalars.contains(where: signs.contains),
            !hasInnerDot(name)
        else { return nil }
        return name
    }

    /// A dot between two letters or digits, as in a host name; "Dr. Jane J. Doe" has none.
    private static func hasInnerDot(_ name: String) -> Bool {
        let parts = name.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: dots.contains)
        return zip(parts, parts.dropFirst()).contains { left, right in
            guard let before = left.last, let after = right.first else { return false }
            return !before.properties.isWhitespace && !after.properties.isWhitespace
        }
    }
}
