import Languages

/// An SVG document as text, and what in it could do more than draw.
///
/// The second line of defence: where it is shown, an image runs no script and loads nothing, and it is served in a sandbox.
struct SVGText {
    private let text: String

    /// Nil for what is not UTF-8, or does not begin as an SVG document does.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var rest = text[...]
        if rest.first == "\u{FEFF}" { rest = rest.dropFirst() }
        rest = rest.drop(while: \.isWhitespace)
        if rest.hasPrefix("<?xml ") { rest = Self.behind("?>", of: rest) }
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.hasPrefix("<!--") else { break }
            rest = Self.behind("-->", of: rest)
        }
        guard rest.hasPrefix("<svg"), let next = rest.dropFirst(4).first, next.isWhitespace || next == ">" || next == "/" else {
            return nil
        }
        self.text = text
    }

    /// The first thing found that an image of a portal must not have; nil where there is none.
    var danger: Wording? {
        let folded = text.lowercased()
        if let found = Self.dangers.first(where: { folded.contains($0.sign) }) { return found.name }
        if folded.firstMatch(of: /[\s"'\/]on[a-z]+\s*=/) != nil { return "event handlers" }
        // Another image, style or shape may come from the document itself only.
        if folded.firstMatch(of: /href\s*=\s*["'](?!#|data:image\/(?:png|jpeg|gif|webp);)/) != nil { return "links" }
        return nil
    }

    private static let dangers: [(sign: String, name: Wording)] = [
        ("<!doctype", "a document type"), ("<!entity", "entities"), ("<?xml-stylesheet", "links to stylesheets"),
        ("script", "scripts"), ("<foreignobject", "foreign objects"), (":foreignobject", "foreign objects"),
        ("@import", "links to stylesheets"), ("&#", "characters by number"),
    ]

    private static func behind(_ end: String, of text: Substring) -> Substring {
        guard let range = text.range(of: end) else { return "" }
        return text[range.upperBound...]
    }
}
