/// Text of a document made harmless for a screen: cut to a length, without control characters and without what turns the
/// direction of other text around.
enum PlainText {
    /// Text that may have several lines.
    static func lines(_ text: String, bytes limit: Int) -> String { cleaned(text, bytes: limit, keepingLines: true) }

    /// Text on one line: a line break becomes a space.
    static func line(_ text: String, bytes limit: Int) -> String { cleaned(text, bytes: limit, keepingLines: false) }

    /// Whether nothing but letters, digits and marks that a terminal or a browser takes literally is in a scalar.
    static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false
        // Line and paragraph separators, embeddings, overrides, isolates, and the byte order mark.
        case 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        // Characters for tags, which nobody sees.
        case 0xE0000...0xE007F: false
        default: true
        }
    }

    private static func cleaned(_ text: String, bytes limit: Int, keepingLines: Bool) -> String {
        let (kept, isCut) = prefix(of: text, bytes: limit)
        if kept.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return isCut ? kept + "…" : String(kept) }
        var cleaned = ""
        cleaned.reserveCapacity(kept.utf8.count)
        var previous: Unicode.Scalar = " "
        for scalar in kept.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": cleaned += keepingLines ? "\n" : " "
            case "\t": cleaned += keepingLines ? "\t" : " "
            default: if isHarmless(scalar) { cleaned.unicodeScalars.append(scalar) }
            }
            previous = scalar
        }
        return isCut ? cleaned + "…" : cleaned
    }

    /// The longest beginning of whole Unicode scalars that has at most so many bytes.
    static func prefix(of text: String, bytes limit: Int) -> (text: Substring, isCut: Bool) {
        guard text.utf8.count > limit else { return (text[...], false) }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return (text[..<end], true)
    }
}
