/// Cuts what a server sends into replies.
///
/// A reply of several lines has a hyphen after the code in all lines but the last. What breaks these rules, or is longer than
/// any server needs, is an error: the conversation cannot go on.
struct SMTPReplyParser {
    static let lineLimit = 2048
    static let replyLineLimit = 100

    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether nothing of a next reply has come.
    var isEmpty: Bool { line.isEmpty && code == nil }

    /// Takes bytes and returns the replies that they complete.
    mutating func read(_ bytes: some Sequence<UInt8>) throws(SMTPFailure) -> [SMTPReply] {
        var replies: [SMTPReply] = []
        for byte in bytes {
            guard byte == .lineFeed else {
                line.append(byte)
                guard line.count <= Self.lineLimit else { throw .malformedReply("a line of more than \(Self.lineLimit) octets") }
                continue
            }
            if line.last == .carriageReturn { line.removeLast() }
            if let reply = try finishLine() { replies.append(reply) }
        }
        return replies
    }

    private mutating func finishLine() throws(SMTPFailure) -> SMTPReply? {
        defer { line.removeAll(keepingCapacity: true) }
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), (0x32...0x35).contains(digits[0]) else {
            throw .malformedReply("a line without a code")
        }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard code == nil || code == number else { throw .malformedReply("a reply with two codes") }
        let separator = line.count > 3 ? line[3] : UInt8(ascii: " ")
        guard separator == UInt8(ascii: " ") || separator == UInt8(ascii: "-") else {
            throw .malformedReply("a line without a space after its code")
        }
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        guard separator == UInt8(ascii: " ") else {
            guard lines.count < Self.replyLineLimit else { throw .malformedReply("more than \(Self.replyLineLimit) lines") }
            code = number
            return nil
        }
        defer {
            lines.removeAll()
            code = nil
        }
        return SMTPReply(code: number, lines: lines)
    }
}
