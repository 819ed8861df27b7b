import NIOCore

/// Reads the head of a node's answer: strict where a proxy must not guess (RFC 9112, sections 4, 5 and 6).
struct ResponseParser {
    private let bytes: UnsafeRawBufferPointer
    private let isHead: Bool

    private var fields: [ResponseHead.Field] = []
    private var contentLength: Int?
    private var isChunked = false
    private var connectionNames: [String] = []
    private var closes = false
    private var keepsAlive = false

    struct Result {
        let status: Int
        let reason: Range<Int>
        let fields: [ResponseHead.Field]
        let framing: BodyFraming
        let contentLength: Int?
        let connectionNames: [String]
        let keepAlive: Bool
    }

    /// - Parameters:
    ///   - bytes: the head with its closing empty line.
    ///   - isHead: whether the request was a HEAD request, whose answer has no body.
    static func parse(_ bytes: UnsafeRawBufferPointer, isHead: Bool) throws(UpstreamFailure) -> Result {
        var parser = ResponseParser(bytes: bytes, isHead: isHead)
        return try parser.parse()
    }

    private init(bytes: UnsafeRawBufferPointer, isHead: Bool) {
        self.bytes = bytes
        self.isHead = isHead
        fields.reserveCapacity(16)
    }

    private mutating func parse() throws(UpstreamFailure) -> Result {
        guard let end = lineEnd(from: 0) else { throw .malformed }
        // HTTP/1.x NNN reason
        guard end >= 12, UnsafeRawBufferPointer(rebasing: bytes[0..<7]).elementsEqual("HTTP/1.".utf8),
            bytes[7] == UInt8(ascii: "1") || bytes[7] == UInt8(ascii: "0"), bytes[8] == UInt8(ascii: " "),
            let status = decimal(9..<12), (100...599).contains(status), end == 12 || bytes[12] == UInt8(ascii: " ")
        else { throw .malformed }
        let reason = min(13, end)..<end
        guard isText(reason) else { throw .malformed }
        var start = end + 2
        while true {
            guard let end = lineEnd(from: start) else { throw .malformed }
            if end == start { break }
            try readField(start..<end)
            start = end + 2
        }
        let isHTTP11 = bytes[7] == UInt8(ascii: "1")
        return Result(
            status: status, reason: reason, fields: fields, framing: try framing(status: status), contentLength: contentLength,
            connectionNames: connectionNames, keepAlive: !closes && (isHTTP11 || keepsAlive))
    }

    private mutating func readField(_ line: Range<Int>) throws(UpstreamFailure) {
        guard let colon = line.first(where: { bytes[$0] == UInt8(ascii: ":") }), colon > line.lowerBound else { throw .malformed }
        let name = line.lowerBound..<colon
        guard name.allSatisfy({ Self.isTokenByte(bytes[$0]) }) else { throw .malformed }
        var value = (colon + 1)..<line.upperBound
        while let first = value.first, Self.isBlank(bytes[first]) { value = (first + 1)..<value.upperBound }
        while let last = value.last, Self.isBlank(bytes[last]) { value = value.lowerBound..<last }
        guard isText(value) else { throw .malformed }
        let kind = FieldKind(UnsafeRawBufferPointer(rebasing: bytes[name]))
        switch kind {
        case .contentLength:
            guard let length = decimal(value), contentLength == nil || contentLength == length else { throw .malformed }
            contentLength = length
        case .transferEncoding:
            guard !isChunked, UnsafeRawBufferPointer(rebasing: bytes[value]).equals("chunked") else { throw .malformed }
            isChunked = true
        case .connection: readConnection(value)
        default: break
        }
        fields.append(
            ResponseHead.Field(kind: kind, name: name, value: value, line: line.lowerBound..<(line.upperBound + 2)))
    }

    private mutating func readConnection(_ value: Range<Int>) {
        for option in String(decoding: bytes[value], as: UTF8.self).lowercased().split(whereSeparator: { ", \t".contains($0) }) {
            switch option {
            case "close": closes = true
            case "keep-alive": keepsAlive = true
            default: connectionNames.append(String(option))
            }
        }
    }

    private func framing(status: Int) throws(UpstreamFailure) -> BodyFraming {
        guard !(isChunked && contentLength != nil) else { throw .malformed }
        if isHead || status < 200 || status == 204 || status == 304 { return .none }
        if isChunked { return .chunked }
        return contentLength.map(BodyFraming.length) ?? .untilClose
    }

    // MARK: Bytes

    /// The place of the carriage return that ends the line; every line must end in CRLF.
    private func lineEnd(from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "\r") { return bytes[index + 1] == UInt8(ascii: "\n") ? index : nil }
            if bytes[index] == UInt8(ascii: "\n") { return nil }
            index += 1
        }
        return nil
    }

    private func decimal(_ range: Range<Int>) -> Int? {
        guard (1...18).contains(range.count) else { return nil }
        var value = 0
        for index in range {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return value
    }

    private func isText(_ range: Range<Int>) -> Bool {
        for index in range where bytes[index] < 0x20 && bytes[index] != UInt8(ascii: "\t") || bytes[index] == 0x7F {
            return false
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "."), UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
