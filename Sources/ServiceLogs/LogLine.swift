import Logging

/// One log event under construction, in either format.
///
/// No value can end the line or forge a field: everything that is not plain printable text is escaped.
struct LogLine {
    private let format: LogFormat
    private var bytes: [UInt8] = []
    /// The names that the line has so far, its own among them; a field under one of them gets an underscore.
    private var names = ["time", "level", "logger", "message"]

    init(format: LogFormat) {
        self.format = format
        bytes.reserveCapacity(256)
    }

    mutating func begin(time: LogTimestamp, level: Logger.Level, label: String, message: String) {
        switch format {
        case .text:
            time.write(to: &bytes)
            append(" \(level.rawValue) \(label): ")
            appendEscaped(message, quotes: false)
        case .json:
            append("{\"time\":\"")
            time.write(to: &bytes)
            append("\",\"level\":\"\(level.rawValue)\",\"logger\":\"")
            appendEscaped(label, quotes: true)
            append("\",\"message\":\"")
            appendEscaped(message, quotes: true)
            append("\"")
        }
    }

    mutating func field(_ key: String, _ value: Logger.Metadata.Value) {
        switch format {
        case .text:
            append(" ")
            appendText(key)
            append("=")
            appendText(value.description)
        case .json:
            append(",\"")
            appendEscaped(unused(key), quotes: true)
            append("\":")
            appendJSON(value)
        }
    }

    /// The key, or the key with as many underscores as make it a name that the line does not have yet.
    private mutating func unused(_ key: String) -> String {
        var name = key
        while names.contains(name) { name += "_" }
        names.append(name)
        return name
    }

    mutating func finish() -> [UInt8] {
        if format == .json { append("}") }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    // MARK: Values

    private mutating func appendText(_ value: String) {
        guard value.isEmpty || !value.utf8.allSatisfy(Self.isBare) else { return append(value) }
        append("\"")
        appendEscaped(value, quotes: true)
        append("\"")
    }

    private mutating func appendJSON(_ value: Logger.Metadata.Value) {
        switch value {
        case .string(let text): appendJSONString(text)
        case .stringConvertible(let value as Int): append(String(value))
        case .stringConvertible(let value as Bool): append(String(value))
        case .stringConvertible(let value as Double) where value.isFinite: append(String(value))
        case .stringConvertible(let value): appendJSONString(value.description)
        case .array(let values):
            append("[")
            for (index, value) in values.enumerated() {
                if index > 0 { append(",") }
                appendJSON(value)
            }
            append("]")
        case .dictionary(let values):
            append("{")
            for (index, (key, value)) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { append(",") }
                appendJSONString(key)
                append(":")
                appendJSON(value)
            }
            append("}")
        }
    }

    private mutating func appendJSONString(_ text: String) {
        append("\"")
        appendEscaped(text, quotes: true)
        append("\"")
    }

    /// Letters, digits and the marks that need no quotes in `key=value`.
    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./:@+".utf8.contains(byte)
        }
    }

    /// Control characters, separators that some readers take for line ends, and marks that turn the direction of text.
    private static func isDisruptive(_ scalar: UInt32) -> Bool {
        scalar < 0x20 || (0x7F..<0xA0).contains(scalar) || (0x2028...0x202E).contains(scalar)
            || (0x2066...0x2069).contains(scalar)
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Escapes as JSON does (RFC 8259, section 7): what is disruptive and, where asked, quotes and backslashes.
    private mutating func appendEscaped(_ text: String, quotes: Bool) {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            return append(text)
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"" where quotes: append("\\\"")
            case "\\" where quotes: append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case _ where Self.isDisruptive(scalar.value):
                let hex = String(scalar.value, radix: 16)
                append("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex)
            default: bytes.append(contentsOf: Array(Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter))
            }
        }
    }
}
