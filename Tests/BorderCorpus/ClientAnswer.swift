/// An answer as a client reads it that takes nothing but HTTP/1.1 by the letter.
public struct ClientAnswer: Sendable {
    public struct Malformed: Error {}

    public let status: Int
    /// Names in lower case.
    public let fields: [(name: String, value: String)]
    public private(set) var body: [UInt8] = []
    /// Whether the end of the connection is what ended the body.
    public private(set) var isEndedByClose = false

    public var text: String { String(decoding: body, as: UTF8.self) }

    public func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// Takes a whole answer off the front of what was received; nil until more comes.
    static func take(from bytes: inout [UInt8], toHead: Bool, isClosed: Bool) throws(Malformed) -> ClientAnswer? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return nil }
        var answer = try ClientAnswer(head: String(decoding: bytes[..<(end - 4)], as: UTF8.self))
        var rest = bytes[end...]
        if !toHead, answer.status >= 200, answer.status != 204, answer.status != 304 {
            guard try answer.readBody(&rest, isClosed: isClosed) else { return nil }
        }
        bytes = Array(rest)
        return answer
    }

    private init(head: String) throws(Malformed) {
        // By scalars: to Swift CR and LF are one character.
        let lines = head.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]) else { throw Malformed() }
        var fields: [(String, String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw Malformed() }
            fields.append((line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " })))
        }
        self.status = status
        self.fields = fields
        guard values("content-length").count + values("transfer-encoding").count <= 1 else { throw Malformed() }
    }

    private mutating func readBody(_ rest: inout ArraySlice<UInt8>, isClosed: Bool) throws(Malformed) -> Bool {
        if !values("transfer-encoding").isEmpty { return try readChunks(&rest) }
        guard let field = values("content-length").first else {
            isEndedByClose = true
            body = Array(rest)
            if isClosed { rest = [] }
            return isClosed
        }
        guard let length = Int(field) else { throw Malformed() }
        body = Array(rest.prefix(length))
        rest = rest.dropFirst(length)
        return body.count == length
    }

    private mutating func readChunks(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> Bool {
        while let end = rest.firstRange(of: [0x0D, 0x0A]) {
            guard let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) else { throw Malformed() }
            let data = rest[end.upperBound...]
            guard data.count >= size + 2 else { return false }
            guard data.dropFirst(size).starts(with: [0x0D, 0x0A]) else { throw Malformed() }
            body += data.prefix(size)
            rest = data.dropFirst(size + 2)
            if size == 0 { return true }
        }
        return false
    }
}
