/// One line of Markdown, and what it may begin.
struct MarkdownLine {
    struct Fence {
        let sign: UInt8
        let length: Int
        let indentation: Int
    }

    struct Marker {
        let isOrdered: Bool
        let sign: UInt8
        let number: Int
        /// How many bytes of the line belong to the marker.
        let width: Int
    }

    let text: Substring
    /// In columns, a tab going on to the next multiple of four.
    let indentation: Int
    /// Without indentation and without white space at its end.
    let content: Substring

    private static let longestNumber = 9

    init(_ text: Substring) {
        self.text = text
        var indentation = 0
        var start = text.utf8.startIndex
        while start < text.utf8.endIndex {
            let byte = text.utf8[start]
            if byte == UInt8(ascii: " ") {
                indentation += 1
            } else if byte == UInt8(ascii: "\t") {
                indentation += 4 - indentation % 4
            } else {
                break
            }
            start = text.utf8.index(after: start)
        }
        self.indentation = indentation
        var end = text.utf8.endIndex
        while end > start, Self.isSpace(text.utf8[text.utf8.index(before: end)]) { end = text.utf8.index(before: end) }
        content = text[start..<end]
    }

    var isBlank: Bool { content.isEmpty }

    // MARK: What the line begins

    /// The level and the text of a heading, 1 to 6.
    var heading: (level: Int, text: Substring)? {
        let level = content.utf8.prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(level), indentation < 4 else { return nil }
        let rest = content.dropFirst(level)
        guard rest.isEmpty || rest.utf8.first.map(Self.isSpace) == true else { return nil }
        var text = MarkdownLine(rest).content
        let closing = text.utf8.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        let before = text.dropLast(closing)
        if closing > 0, before.isEmpty || before.utf8.last.map(Self.isSpace) == true { text = MarkdownLine(before).content }
        return (level, text)
    }

    /// Whether it is three or more of the same sign, with spaces between them.
    var isRule: Bool {
        guard indentation < 4, let sign = content.utf8.first, [0x2A, 0x2D, 0x5F].contains(sign) else { return false }
        guard content.utf8.allSatisfy({ $0 == sign || Self.isSpace($0) }) else { return false }
        return content.utf8.count { $0 == sign } >= 3
    }

    /// 1 for a line of `=`, 2 for a line of `-`: the line before it is a heading.
    var underlinedLevel: Int? {
        guard indentation < 4, let sign = content.utf8.first, content.utf8.allSatisfy({ $0 == sign }) else { return nil }
        return sign == UInt8(ascii: "=") ? 1 : sign == UInt8(ascii: "-") ? 2 : nil
    }

    var fence: Fence? {
        guard indentation < 4, let sign = content.utf8.first, sign == 0x60 || sign == 0x7E else { return nil }
        let length = content.utf8.prefix { $0 == sign }.count
        guard length >= 3, sign == 0x7E || !content.utf8.dropFirst(length).contains(sign) else { return nil }
        return Fence(sign: sign, length: length, indentation: indentation)
    }

    func closes(_ fence: Fence) -> Bool {
        indentation < 4 && content.utf8.count >= fence.length && content.utf8.allSatisfy { $0 == fence.sign }
    }

    /// What stands in a block quote.
    var quoted: Substring? {
        guard indentation < 4, content.utf8.first == UInt8(ascii: ">") else { return nil }
        let rest = text[content.startIndex...].dropFirst()
        return rest.utf8.first == UInt8(ascii: " ") ? rest.dropFirst() : rest
    }

    var marker: Marker? {
        guard indentation < 4, !isRule, let first = content.utf8.first else { return nil }
        let digits = content.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        guard digits <= Self.longestNumber else { return nil }
        let rest = content.utf8.dropFirst(digits)
        guard let sign = rest.first, rest.count == 1 || rest.dropFirst().first.map(Self.isSpace) == true else { return nil }
        if digits > 0 {
            guard sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")") else { return nil }
            let number = Int(content.prefix(digits)) ?? 1
            return Marker(isOrdered: true, sign: sign, number: number, width: digits + 1)
        }
        guard [0x2A, 0x2B, 0x2D].contains(first) else { return nil }
        return Marker(isOrdered: false, sign: first, number: 1, width: 1)
    }

    /// Whether a paragraph ends before it.
    var interruptsParagraph: Bool {
        if isBlank || heading != nil || isRule || fence != nil || quoted != nil { return true }
        guard let marker, content.utf8.count > marker.width else { return false }
        return !marker.isOrdered || marker.number == 1
    }

    /// The line without so many columns of its indentation.
    func dedented(by columns: Int) -> Substring {
        var rest = text
        var left = columns
        while left > 0, let byte = rest.utf8.first, Self.isSpace(byte) {
            left -= byte == UInt8(ascii: "\t") ? 4 : 1
            rest = rest.dropFirst()
        }
        return rest
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
