import Languages

/// Reads JSON as RFC 8259 has it, and refuses what it leaves open: names that stand twice, lone surrogates, NUL.
struct JSONReader {
    private let bytes: [UInt8]
    private let limits: DocumentLimits
    private var position = 0
    private var values = 0
    /// The names and indexes of the values that are open.
    private var path: [String] = []
    private var counted = (position: 0, line: 1, column: 1)

    /// - Parameter bytes: valid UTF-8.
    init(_ bytes: [UInt8], limits: DocumentLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(DocumentRefusal) -> DocumentValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw unexpected("the end of the document") }
        return value
    }

    // MARK: Values

    private mutating func value() throws(DocumentRefusal) -> DocumentValue {
        skipSpace()
        let place = place()
        values += 1
        guard values <= limits.values else { throw tooLarge("expected at most \(limits.values) values, found more") }
        switch peek() {
        case UInt8(ascii: "{"): return DocumentValue(.object(try object()), at: place)
        case UInt8(ascii: "["): return DocumentValue(.list(try list()), at: place)
        case UInt8(ascii: "\""): return DocumentValue(.text(try string()), at: place)
        case UInt8(ascii: "t"): return DocumentValue(try word("true", .boolean(true)), at: place)
        case UInt8(ascii: "f"): return DocumentValue(try word("false", .boolean(false)), at: place)
        case UInt8(ascii: "n"): return DocumentValue(try word("null", .null), at: place)
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte):
            return DocumentValue(.number(try number()), at: place)
        default: throw unexpected("a value")
        }
    }

    private mutating func object() throws(DocumentRefusal) -> DocumentObject {
        try open()
        var object = DocumentObject()
        skipSpace()
        if take("}") { return object }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
            let place = place()
            let name = try string()
            skipSpace()
            guard take(":") else { throw unexpected("a colon after the name") }
            path.append(name)
            guard object.append(name, try value()) else {
                throw .malformed(DocumentProblem("the name stands in this object twice", at: JSONPointer(path), place: place))
            }
            path.removeLast()
            skipSpace()
            if take("}") { return object }
            guard take(",") else { throw unexpected("a comma or the end of the object") }
        }
    }

    private mutating func list() throws(DocumentRefusal) -> [DocumentValue] {
        try open()
        var list: [DocumentValue] = []
        skipSpace()
        if take("]") { return list }
        while true {
            path.append(String(list.count))
            list.append(try value())
            path.removeLast()
            skipSpace()
            if take("]") { return list }
            guard take(",") else { throw unexpected("a comma or the end of the list") }
        }
    }

    private mutating func open() throws(DocumentRefusal) {
        guard path.count < limits.depth else {
            throw tooLarge("expected at most \(limits.depth) objects and lists inside one another, found more")
        }
        position += 1
    }

    private mutating func word(_ word: String, _ content: DocumentValue.Content) throws(DocumentRefusal) -> DocumentValue.Content
    {
        guard bytes[position...].starts(with: word.utf8) else { throw unexpected("a value") }
        position += word.utf8.count
        return content
    }

    private mutating func number() throws(DocumentRefusal) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(DocumentRefusal) {
        let start = position
        while let byte = peek(), Self.isDigit(byte) { position += 1 }
        guard position > start else { throw unexpected("a digit") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    // MARK: Strings

    private mutating func string() throws(DocumentRefusal) -> String {
        position += 1
        var content: [UInt8] = []
        while true {
            let start = position
            while let byte = peek(), byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
            content += bytes[start..<position]
            if take("\"") { return String(decoding: content, as: UTF8.self) }
            guard take("\\") else { throw unexpected("the end of the string, or a character of it") }
            content += Array(String(try escape()).utf8)
        }
    }

    private mutating func escape() throws(DocumentRefusal) -> Unicode.Scalar {
        guard let byte = peek() else { throw unexpected("an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedScalar()
        default:
            position -= 1
            throw unexpected("an escape of JSON")
        }
    }

    private mutating func escapedScalar() throws(DocumentRefusal) -> Unicode.Scalar {
        let first = try codeUnit()
        var value = UInt32(first)
        if UTF16.isLeadSurrogate(first), take("\\"), take("u") {
            let second = try codeUnit()
            guard UTF16.isTrailSurrogate(second) else { throw unexpected("the second half of a surrogate pair before this") }
            value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard value != 0, let scalar = Unicode.Scalar(value) else {
            throw unexpected("an escape of a character, no NUL and no half of a surrogate pair, before this")
        }
        return scalar
    }

    private mutating func codeUnit() throws(DocumentRefusal) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard digits.count == 4, isHexadecimal, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw unexpected("four hexadecimal digits")
        }
        position += 4
        return unit
    }

    // MARK: Text

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// The place of `position`, counted on from the last one, so that all of them together cost one walk over the bytes.
    private mutating func place() -> TextPlace {
        for byte in bytes[counted.position..<position] {
            if byte == UInt8(ascii: "\n") {
                counted.line += 1
                counted.column = 1
            } else if byte & 0xC0 != 0x80 {
                counted.column += 1
            }
        }
        counted.position = position
        return TextPlace(line: counted.line, column: counted.column)
    }

    private mutating func unexpected(_ expectation: Wording) -> DocumentRefusal {
        let found: Wording
        if position >= bytes.count {
            found = "the end of the document"
        } else {
            let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first ?? " "
            found =
                PlainText.isHarmless(scalar)
                ? "\"\(String(scalar))\"" : "the control character U+\(String(scalar.value, radix: 16))"
        }
        return .malformed(
            DocumentProblem("this is not JSON: expected \(expectation), found \(found)", at: JSONPointer(path), place: place()))
    }

    private mutating func tooLarge(_ reason: Wording) -> DocumentRefusal {
        .tooLarge(DocumentProblem(reason, at: JSONPointer(path), place: place()))
    }
}
