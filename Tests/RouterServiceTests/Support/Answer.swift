/// An answer as a client reads it from its connection.
struct Answer: Sendable {
    var status: Int
    var reason: String
    var fields: [(name: String, value: String)]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }

    func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    subscript(_ name: String) -> String? { values(name).first }
}

/// Why bytes are no complete answer and never will be.
enum AnswerError: Error {
    case closedEarly(received: String)
    case malformed(String)
}

extension Answer {
    /// Takes a whole answer off the front of what was received; nil until there is more.
    static func take(from bytes: inout [UInt8], isClosed: Bool, toHead: Bool) throws -> Answer? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else {
            if isClosed { throw AnswerError.closedEarly(received: String(decoding: bytes, as: UTF8.self)) }
            return nil
        }
        var answer = try head(String(decoding: bytes[..<end], as: UTF8.self))
        let hasNoBody = toHead || answer.status < 200 || answer.status == 204 || answer.status == 304
        guard let taken = try hasNoBody ? end : answer.readBody(in: bytes, from: end, isClosed: isClosed) else {
            if isClosed { throw AnswerError.closedEarly(received: String(decoding: bytes.prefix(2000), as: UTF8.self)) }
            return nil
        }
        bytes.removeFirst(taken)
        return answer
    }

    private static func head(_ text: String) throws -> Answer {
        let lines = text.split(separator: "\r\n")
        let words = lines[0].split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]) else { throw AnswerError.malformed(text) }
        let fields = try lines.dropFirst().map { line in
            guard let colon = line.firstIndex(of: ":") else { throw AnswerError.malformed(text) }
            return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        return Answer(status: status, reason: String(words[2]), fields: fields)
    }

    /// - Returns: where the body ends; nil where it is not complete.
    private mutating func readBody(in bytes: [UInt8], from start: Int, isClosed: Bool) throws -> Int? {
        if self["Transfer-Encoding"] == "chunked" { return try readChunks(in: bytes, from: start) }
        if let length = self["Content-Length"].flatMap({ Int($0) }) {
            guard bytes.count >= start + length else { return nil }
            body = Array(bytes[start..<(start + length)])
            return start + length
        }
        guard isClosed else { return nil }
        body = Array(bytes[start...])
        return bytes.count
    }

    private mutating func readChunks(in bytes: [UInt8], from start: Int) throws -> Int? {
        var position = start
        while true {
            guard let line = bytes[position...].firstRange(of: Array("\r\n".utf8)) else { return nil }
            guard let length = Int(String(decoding: bytes[position..<line.lowerBound], as: UTF8.self), radix: 16) else {
                throw AnswerError.malformed("chunk size")
            }
            let data = line.upperBound
            guard bytes.count >= data + length + 2 else { return nil }
            body += bytes[data..<(data + length)]
            position = data + length + 2
            guard bytes[position - 2] == 0x0D, bytes[position - 1] == 0x0A else { throw AnswerError.malformed("chunk end") }
            if length == 0 { return position }
        }
    }
}
