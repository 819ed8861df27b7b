/// A scalar of YAML, and which value it is by the core schema of YAML 1.2 (section 10.3.2).
struct YAMLScalar {
    let text: String
    let tag: String?
    let isPlain: Bool

    static let tagPrefix = "tag:yaml.org,2002:"

    /// Whether this is the key that takes in the members of another object.
    var isMergeKey: Bool { isPlain && tag == nil && text == "<<" }

    /// Nil where the tag is none of the core schema, or says what the text is not.
    var content: DocumentValue.Content? {
        guard let tag else { return isPlain ? Self.plain(text) : .text(text) }
        switch tag {
        case "!", Self.tagPrefix + "str": return .text(text)
        case Self.tagPrefix + "null": return Self.nulls.contains(text) ? .null : nil
        case Self.tagPrefix + "bool":
            guard case .boolean(let boolean) = Self.plain(text) else { return nil }
            return .boolean(boolean)
        case Self.tagPrefix + "int", Self.tagPrefix + "float":
            guard case .number(let number) = Self.plain(text) else { return nil }
            return .number(number)
        default: return nil
        }
    }

    private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

    private static func plain(_ text: String) -> DocumentValue.Content {
        switch text {
        case _ where nulls.contains(text): .null
        case "true", "True", "TRUE": .boolean(true)
        case "false", "False", "FALSE": .boolean(false)
        default: isNumber(text) ? .number(text) : .text(text)
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        guard let first = rest.first, first < UInt8(ascii: ":") else { return false }
        if text.hasPrefix("0x") { return isAll(rest.dropFirst(2)) { Character(Unicode.Scalar($0)).isHexDigit } }
        if text.hasPrefix("0o") { return isAll(rest.dropFirst(2)) { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) } }
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        if [".inf", ".Inf", ".INF"].contains(String(Substring(rest))) { return true }
        if [".nan", ".NaN", ".NAN"].contains(text) { return true }
        let whole = digits(&rest)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = digits(&rest)
        }
        guard whole + fraction > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> Int {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits.count
    }

    private static func isAll(_ rest: Substring.UTF8View, _ condition: (UInt8) -> Bool) -> Bool {
        !rest.isEmpty && rest.allSatisfy(condition)
    }
}
