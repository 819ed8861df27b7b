/// Numbers as JSON writes them, where YAML has other ways too.
enum NumberText {
    /// The number itself where JSON has it as it is; otherwise the same number, or a text for what is none.
    static func json(_ text: String) -> String {
        if isJSON(text) { return text }
        if let whole = whole(text) { return String(whole) }
        guard let number = Double(text), number.isFinite, text.utf8.count < 100 else {
            return "\"\(PlainText.line(text, bytes: 100))\""
        }
        return "\(number)"
    }

    private static func whole(_ text: String) -> Int? {
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
        return Int(text)
    }

    private static func isJSON(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: "0"), rest.count > 1, rest.dropFirst().first.map(isDigit) == true { return false }
        guard digits(&rest) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits(&rest) else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits(&rest) else { return false }
        }
        return rest.isEmpty
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> Bool {
        let count = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(count)
        return count > 0
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
