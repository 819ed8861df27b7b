/// Turns a line of the corpus into bytes: escapes and names in braces are replaced, the rest stands for itself.
public struct CorpusText: Sendable {
    private struct Malformed: Error { let reason: String }

    private let values: [String: String]

    /// - Parameter values: what stands for a name in braces, as `{eu}` for the host of a portal in eu.
    public init(_ values: [String: String]) { self.values = values }

    public func bytes(_ text: Substring, file: String, line: Int) throws(CorpusError) -> [UInt8] {
        do throws(Malformed) {
            return try expanded(text)
        } catch {
            throw CorpusError(file: file, line: line, reason: error.reason)
        }
    }

    private func expanded(_ text: Substring) throws(Malformed) -> [UInt8] {
        var rest = text
        var bytes: [UInt8] = []
        while let character = rest.popFirst() {
            switch character {
            case "\\": bytes.append(try escape(&rest))
            case "{": bytes += try value(&rest)
            default: bytes += Array(String(character).utf8)
            }
        }
        return bytes
    }

    private func escape(_ rest: inout Substring) throws(Malformed) -> UInt8 {
        switch rest.popFirst() {
        case "r": return 0x0D
        case "n": return 0x0A
        case "t": return 0x09
        case "\\": return UInt8(ascii: "\\")
        case "x":
            let digits = rest.prefix(2)
            rest = rest.dropFirst(2)
            guard digits.count == 2, let byte = UInt8(digits, radix: 16) else { throw Malformed(reason: "\\x wants two digits") }
            return byte
        default: throw Malformed(reason: "the escapes are \\r, \\n, \\t, \\\\ and \\xNN")
        }
    }

    /// `{name}`, or `{repeat:TEXT:COUNT}`.
    private func value(_ rest: inout Substring) throws(Malformed) -> [UInt8] {
        guard let end = rest.firstIndex(of: "}") else { throw Malformed(reason: "a brace is not closed") }
        let words = rest[..<end].split(separator: ":")
        rest = rest[rest.index(after: end)...]
        if words.count == 3, words[0] == "repeat", let count = Int(words[2]) {
            let once = try expanded(words[1])
            return (0..<count).flatMap { _ in once }
        }
        guard let name = words.first, words.count == 1, let value = values[String(name)] else {
            throw Malformed(reason: "no value is known for \(words)")
        }
        return try expanded(value[...])
    }
}
