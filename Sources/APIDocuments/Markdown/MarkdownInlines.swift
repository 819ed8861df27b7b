import HTMLEscaping

/// Renders the text inside a block of Markdown, in one walk: code, emphasis, links, line breaks.
struct MarkdownInlines {
    /// What an element may begin with: a run of signs, or a tag.
    private enum Beginning: Equatable {
        case emphasis(sign: UInt8, length: Int)
        case tag(String)
        case link
    }

    private struct Opener {
        let beginning: Beginning
        let piece: Int
        /// What stands in the place of the piece where the element ends.
        let html: String
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
        case UInt8(ascii: "<"): tagOrAddress()
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
        return "\(beginning(ofLinkTo: target))\(html)</a>"
    }

    private static func beginning(ofLinkTo target: String) -> String {
        "<a href=\"\(EscapedHTML().escapeText(target))\" rel=\"nofollow noopener noreferrer\">"
    }

    // MARK: Tags

    private mutating func tagOrAddress() {
        guard let tag = MarkdownTag(bytes, at: position, before: end) else { return isInsideLink ? keep(1) : address() }
        let text = Self.escaped(bytes[position..<tag.end])
        switch tag.meaning {
        case .nothing: flush()
        case .lineBreak: append("<br>\n")
        case .block: breakLine(before: "")
        case .listItem: breakLine(before: "• ")
        case .element(let name):
            guard tag.isEnd else {
                begin(.tag(name), showing: text, as: "<\(name)>")
                break
            }
            guard let opener = popOpener(.tag(name)) else { return keep(1) }
            finish(opener, with: "</\(name)>")
        case .link(let target):
            guard !isInsideLink else { return keep(1) }
            guard tag.isEnd else {
                // A link has none inside of it.
                guard !openers.contains(where: { $0.beginning == .link }) else { return keep(1) }
                begin(.link, showing: text, as: Self.beginning(ofLinkTo: target))
                break
            }
            // Another link may have come in between, and a link has none inside of it.
            guard let opener = popOpener(.link), !pieces[opener.piece...].contains(where: { $0.hasPrefix("<a ") }) else {
                return keep(1)
            }
            finish(opener, with: "</a>")
        }
        position = tag.end
    }

    /// A line of its own for what follows, where something stands before it.
    private mutating func breakLine(before text: String) {
        flush()
        let isFirst = pieces.prefix(4).allSatisfy { $0.utf8.allSatisfy { $0 <= 0x20 } }
        if !isFirst { pieces.append("<br>\n") }
        literal += Array(text.utf8)
    }

    private mutating func begin(_ beginning: Beginning, showing text: String, as html: String) {
        flush()
        openers.append(Opener(beginning: beginning, piece: pieces.count, html: html))
        pieces.append(text)
    }

    private mutating func finish(_ opener: Opener, with end: String) {
        flush()
        pieces[opener.piece] = opener.html
        pieces.append(end)
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
        if closes, let opener = popOpener(.emphasis(sign: sign, length: length)) {
            finish(opener, with: tags.close)
        } else if opens {
            let text = String(repeating: Character(Unicode.Scalar(sign)), count: length)
            begin(.emphasis(sign: sign, length: length), showing: text, as: tags.open)
        } else {
            literal += Array(repeating: sign, count: length)
        }
    }

    /// The last that fits; those after it can no longer end, for elements are inside of one another.
    private mutating func popOpener(_ beginning: Beginning) -> Opener? {
        // Few are looked at, so that signs without end cost no more than their number.
        guard let index = openers.suffix(16).lastIndex(where: { $0.beginning == beginning }) else { return nil }
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
