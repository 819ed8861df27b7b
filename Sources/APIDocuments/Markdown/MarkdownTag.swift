/// A tag of HTML in a text, of the few that descriptions are written with. What it says becomes an element of ours or a line break; none
/// of its attributes goes any further, but for an address of a link, which is judged like any other.
struct MarkdownTag {
    enum Meaning: Equatable {
        /// An element with an end, by the name that it has in our HTML.
        case element(String)
        case link(to: String)
        case lineBreak
        /// A paragraph or another block.
        case block
        case listItem
        /// The beginning of a list, or the end of any block: what follows has a line of its own anyway.
        case nothing
    }

    let meaning: Meaning
    let isEnd: Bool
    /// The index of the first byte after the tag.
    let end: Int

    private static let mostBytes = WebAddress.longest + 100
    private static let elements = [
        "b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "tt": "code", "kbd": "code", "s": "del",
        "del": "del", "strike": "del",
    ]
    private static let blocks: Set<String> = ["p", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6"]
    private static let lists: Set<String> = ["ul", "ol", "span"]

    /// Nil where no such tag begins at an index, which is one of `<`.
    init?(_ bytes: [UInt8], at start: Int, before limit: Int) {
        let inside = bytes[(start + 1)..<min(limit, start + 1 + Self.mostBytes)]
        guard let close = inside.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
            bytes[close] == UInt8(ascii: ">")
        else { return nil }
        var text = Substring(String(decoding: bytes[(start + 1)..<close], as: UTF8.self))
        isEnd = text.hasPrefix("/")
        if isEnd { text = text.dropFirst() }
        let name = String(text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }).lowercased()
        let rest = text.dropFirst(name.count)
        guard rest.isEmpty || rest.first == " " || rest.first == "/" || rest.first == "\n" else { return nil }
        guard let meaning = Self.meaning(of: name, rest, isEnd: isEnd) else { return nil }
        self.meaning = meaning
        end = close + 1
    }

    private static func meaning(of name: String, _ attributes: Substring, isEnd: Bool) -> Meaning? {
        if let element = elements[name] { return .element(element) }
        if blocks.contains(name) { return isEnd ? .nothing : .block }
        if lists.contains(name) { return .nothing }
        switch name {
        case "br": return .lineBreak
        case "li": return isEnd ? .nothing : .listItem
        case "a":
            if isEnd { return .link(to: "") }
            return address(in: attributes).flatMap { MarkdownLink.target($0) }.map { .link(to: $0) }
        default: return nil
        }
    }

    /// The value of `href`, between quotation marks of either kind.
    private static func address(in attributes: Substring) -> String? {
        guard let range = attributes.firstRange(of: "href=") else { return nil }
        let rest = attributes[range.upperBound...]
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        let value = rest.dropFirst()
        guard let close = value.firstIndex(of: quote) else { return nil }
        return String(value[..<close])
    }
}
