/// Writes values as JSON of bounded length; control characters, and what turns text around, as escapes.
struct JSONText {
    private var text = ""
    private(set) var isCut = false
    private let limit: Int
    private let isIndented: Bool

    private init(limit: Int, isIndented: Bool) {
        self.limit = limit
        self.isIndented = isIndented
    }

    /// Over several lines, with an indentation of two spaces.
    static func indented(_ value: DocumentValue, bytes limit: Int) -> (text: String, isCut: Bool) {
        var writer = JSONText(limit: limit, isIndented: true)
        writer.write(value, depth: 0)
        return writer.isCut ? (writer.text + "…", true) : (writer.text, false)
    }

    /// On one line; a text as it is, without quotes.
    static func line(_ value: DocumentValue, bytes limit: Int) -> String {
        if case .text(let text) = value.content { return text }
        var writer = JSONText(limit: limit, isIndented: false)
        writer.write(value, depth: 0)
        return writer.isCut ? writer.text + "…" : writer.text
    }

    private mutating func write(_ value: DocumentValue, depth: Int) {
        switch value.content {
        case .null: append("null")
        case .boolean(let boolean): append(boolean ? "true" : "false")
        case .number(let number): append(NumberText.json(number))
        case .text(let text): append(quoted: text)
        case .list(let list):
            writeAll(list, "[", "]", depth: depth) { $0.write($1, depth: depth + 1) }
        case .object(let object):
            writeAll(object.members, "{", "}", depth: depth) { writer, member in
                writer.append(quoted: member.name)
                writer.append(": ")
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func writeAll<Element>(
        _ list: [Element], _ open: String, _ close: String, depth: Int, write: (inout Self, Element) -> Void
    ) {
        append(open)
        var isFirst = true
        for element in list {
            guard !isCut else { return }
            if !isFirst { append(isIndented ? "," : ", ") }
            if isIndented { append("\n" + String(repeating: "  ", count: depth + 1)) }
            write(&self, element)
            isFirst = false
        }
        if isIndented && !list.isEmpty { append("\n" + String(repeating: "  ", count: depth)) }
        append(close)
    }

    private mutating func append(_ more: String) {
        guard !isCut else { return }
        guard text.utf8.count + more.utf8.count <= limit else {
            isCut = true
            text += PlainText.prefix(of: more, bytes: limit - text.utf8.count).text
            return
        }
        text += more
    }

    private mutating func append(quoted string: String) {
        guard !isCut else { return }
        var quoted = "\""
        for scalar in PlainText.prefix(of: string, bytes: limit).text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if PlainText.isHarmless(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    quoted += Self.escape(scalar)
                }
            }
        }
        append(quoted + "\"")
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        UTF16.encode(scalar)?.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined() ?? ""
    }
}
