import HTMLEscaping

/// Renders the text inside a block of Markdown, in one walk: code, emphasis, links, line breaks.
struct MarkdownInlines {
    /// A run of signs that may begin emphasis.
    private struct Opener {
        let sign: UInt8
        let length: Int
        let piece: Int
    }

    private let bytes: [UInt8]
    private let spans: MarkdownSpans
    private let isInsideLink: Bool
    private var position: Int
    private let end: Int
    private var pieces: [String] = []
    private var literal: [UInt8] = []
    private var openers: [Opener] = []
    private var failedDestinations = 0

    /// After so many parentheses that are no destination of a link, all further ones are text: each was looked through as far as a
    /// destination may reach.
    static let mostFailedDestinations = 50

    static func html(of text: Substring) -> String {
        let bytes = Array(text.utf8)
        var inlines = MarkdownInlines(bytes, MarkdownSpans(bytes), bytes.indices, isInsideLink: false)
        return inlines.rendered()
    }

    private init(_ bytes: [UInt8], _ spans: MarkdownSpans, _ range: Range<Int>, isInsideLink: Bool) {
        self.bytes = bytes
        self.spans = spans
        self.isInsideLink = isInsideLink
        position = range.lowerBound
        end = range.upperBound
    }

    private mutating func rendered() -> String {
        while position < end { step() }
        flush()
        return pieces.joined()
    }

    private mutating func step() {
        switch bytes[position] {
        case UInt8(ascii: "\\"): escape()
        case UInt8(ascii: "`"): code()
        case UInt8(ascii: "!") where position + 1 < end && bytes[position + 1] == UInt8(ascii: "["): image()
        case UInt8(ascii: "[") where !isInsideLink: link()
        case UInt8(ascii: "<") where !isInsideLink: address()
        case UInt8(ascii: "&"): entity()
        case UInt8(ascii: "\n"): lineBreak()
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): emphasis()
        default: keep(1)
        }
    }

    // MARK: Text

    private mutating func keep(_ count: Int) {
        literal += bytes[position..<min(end, position + count)]
        position += count
    }

    private mutating func flush() {
        guard !literal.isEmpty else { return }
        pieces.append(Self.escaped(literal[...]))
        literal = []
    }

    private mutating func append(_ html: String) {
        flush()
        pieces.append(html)
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        EscapedHTML().escapeText(String(decoding: bytes, as: UTF8.self))
    }

    private mutating func escape() {
        guard position + 1 < end else { return keep(1) }
        let next = bytes[position + 1]
        if next == UInt8(ascii: "\n") {
            append("<br>\n")
            position += 2
        } else if next < 0x80, Character(Unicode.Scalar(next)).isPunctuation || Character(Unicode.Scalar(next)).isSymbol {
            position += 1
            keep(1)
        } else {
            keep(1)
        }
    }

    private mutating func lineBreak() {
        let spaces = literal.reversed().prefix { $0 == 0x20 }.count
        literal.removeLast(spaces)
        append(spaces >= 2 ? "<br>\n" : "\n")
        position += 1
    }

    /// The few that documents write; any other is shown as it stands.
    private static let entities: [(name: String, text: String)] = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{A0}"),
    ]

    private mutating func entity() {
        for (name, text) in Self.entities where bytes[position..<end].starts(with: name.utf8) {
            literal += Array(text.utf8)
            position += name.utf8.count
            return
        }
        keep(1)
    }

    private mutating func code() {
        let length = MarkdownSpans.run(bytes, at: position)
        guard let close = spans.codeEnds[position], close + length <= end else { return keep(length) }
        var content = bytes[(position + length)..<close].map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 }[...]
        if content.count > 2, content.first == 0x20, content.last == 0x20 { content = content.dropFirst().dropLast() }
        append("<code>\(Self.escaped(content))</code>")
        position = close + length
    }

    // MARK: Links

    private mutating func link() {
        guard let close = spans.bracketEnds[position], let link = destination(after: close) else { return keep(1) }
        var inside = MarkdownInlines(bytes, spans, (position + 1)..<close, isInsideLink: true)
        append(Self.anchor(to: link.target, around: inside.rendered()))
        position = link.end
    }

    /// A picture is not loaded: what stands for it leads to it.
    private mutating func image() {
        guard let close = spans.bracketEnds[position + 1], let link = destination(after: close) else { return keep(1) }
        let text = bytes[(position + 2)..<close]
        let shown = text.isEmpty ? EscapedHTML().escapeText(link.written) : Self.escaped(text)
        append(Self.anchor(to: isInsideLink ? nil : link.target, around: shown))
        position = link.end
    }

    private mutating func destination(after close: Int) -> MarkdownLink? {
        guard close + 1 < end, bytes[close + 1] == UInt8(ascii: "("), failedDestinations < Self.mostFailedDestinations else {
            return nil
        }
        let link = MarkdownLink(bytes, at: close + 1, before: end)
        if link == nil { failedDestinations += 1 }
        return link
    }

    /// An address between angle brackets; anything else between them is text.
    private mutating func address() {
        let most = min(end, position + 1 + WebAddress.longest)
        let after = bytes[(position + 1)..<most]
        guard let close = after.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") || $0 <= 0x20 }),
            bytes[close] == UInt8(ascii: ">")
        else { return keep(1) }
        let text = String(decoding: bytes[(position + 1)..<close], as: UTF8.self)
        guard let target = MarkdownLink.target(text), !target.hasPrefix("#") else { return keep(1) }
        append(Self.anchor(to: target, around: EscapedHTML().escapeText(text)))
        position = close + 1
    }

    private static func anchor(to target: String?, around html: String) -> String {
        guard let target else { return html }
        return "<a href=\"\(EscapedHTML().escapeText(target))\" rel=\"nofollow noopener noreferrer\">\(html)</a>"
    }

    // MARK: Emphasis

    /// Runs of one length belong together; signs that belong to nothing are text.
    private mutating func emphasis() {
        let sign = bytes[position]
        let length = min(end - position, MarkdownSpans.run(bytes, at: position))
        guard let tags = Self.tags(sign, length) else { return keep(length) }
        let before = position > 0 ? bytes[position - 1] : 0x20
        let after = position + length < bytes.count ? bytes[position + length] : 0x20
        let isWordInside = sign == UInt8(ascii: "_")
        let closes = before > 0x20 && !(isWordInside && Self.isWord(after))
        let opens = after > 0x20 && !(isWordInside && Self.isWord(before))
        position += length
        if closes, let opener = popOpener(sign, length) {
            flush()
            pieces[opener.piece] = tags.open
            pieces.append(tags.close)
        } else if opens {
            flush()
            openers.append(Opener(sign: sign, length: length, piece: pieces.count))
            pieces.append(String(repeating: Character(Unicode.Scalar(sign)), count: length))
        } else {
            literal += Array(repeating: sign, count: length)
        }
    }

    /// The last that fits; those after it can no longer end, for elements are inside of one another.
    private mutating func popOpener(_ sign: UInt8, _ length: Int) -> Opener? {
        // Few are looked at, so that signs without end cost no more than their number.
        guard let index = openers.suffix(16).lastIndex(where: { $0.sign == sign && $0.length == length }) else { return nil }
        let opener = openers[index]
        openers.removeSubrange(index...)
        return opener
    }

    private static func tags(_ sign: UInt8, _ length: Int) -> (open: String, close: String)? {
        switch (sign, length) {
        case (UInt8(ascii: "~"), 2): ("<del>", "</del>")
        case (UInt8(ascii: "~"), _): nil
        case (_, 1): ("<em>", "</em>")
        case (_, 2): ("<strong>", "</strong>")
        case (_, 3): ("<em><strong>", "</strong></em>")
        default: nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    }
}
