import NIOCore

/// Reads the head of a node's answer: strict where a proxy must not guess (RFC 9112, sections 4, 5 and 6).
struct ResponseParser {
    private static let maximumFields = 1000
    private static let maximumConnectionNames = 16

    private let scanner: HeadScanner
    private let bytes: UnsafeRawBufferPointer
    private let isHead: Bool

    private var fields: [HeadField] = []
    private var contentLength: Int?
    private var isChunked = false
    private var connectionNames: [String] = []
    private var closes = false
    private var keepsAlive = false

    /// - Parameters:
    ///   - buffer: the head with its closing empty line.
    ///   - isHead: whether the request was a HEAD request, whose answer has no body.
    static func parse(_ buffer: ByteBuffer, isHead: Bool) throws(UpstreamFailure) -> ResponseHead {
        try buffer.withUnsafeReadableBytes { bytes throws(UpstreamFailure) in
            var parser = ResponseParser(bytes, isHead: isHead)
            return try parser.parse(buffer)
        }
    }

    private init(_ bytes: UnsafeRawBufferPointer, isHead: Bool) {
        self.bytes = bytes
        self.isHead = isHead
        scanner = HeadScanner(bytes: bytes)
        fields.reserveCapacity(16)
    }

    private mutating func parse(_ buffer: ByteBuffer) throws(UpstreamFailure) -> ResponseHead {
        // HTTP/1.x NNN reason
        guard let end = scanner.lineEnd(from: 0), end >= 12, scanner[0..<7].isExactly("HTTP/1."),
            bytes[7] == UInt8(ascii: "1") || bytes[7] == UInt8(ascii: "0"), bytes[8] == UInt8(ascii: " "),
            let status = scanner.decimal(9..<12), (100...599).contains(status), end == 12 || bytes[12] == UInt8(ascii: " ")
        else { throw .malformed }
        let reason = min(13, end)..<end
        guard scanner.isText(reason) else { throw .malformed }
        try readFields(from: end + 2)
        let isHTTP10 = bytes[7] == UInt8(ascii: "0")
        // RFC 9112, section 6.1: faulty framing.
        guard !(isHTTP10 && isChunked) else { throw .malformed }
        let framing = try framing(status: status)
        let isPersistent = !closes && (!isHTTP10 || keepsAlive) && !promisesForbiddenBody(status: status)
        return ResponseHead(
            status: status, reason: reason, fields: fields, framing: framing, contentLength: contentLength,
            connectionNames: connectionNames, keepAlive: isPersistent && framing != .untilClose, bytes: buffer)
    }

    private mutating func readFields(from first: Int) throws(UpstreamFailure) {
        var start = first
        while true {
            guard let end = scanner.lineEnd(from: start) else { throw .malformed }
            if end == start { return }
            guard let field = scanner.field(in: start..<end) else { throw .malformed }
            guard fields.count < Self.maximumFields else { throw .malformed }
            try note(field)
            fields.append(field)
            start = end + 2
        }
    }

    private mutating func note(_ field: HeadField) throws(UpstreamFailure) {
        switch field.kind {
        case .contentLength:
            guard let length = scanner.decimal(field.value), contentLength == nil || contentLength == length else {
                throw .malformed
            }
            contentLength = length
        case .transferEncoding:
            guard !isChunked, scanner[field.value].equals("chunked") else { throw .malformed }
            isChunked = true
        case .connection: try readConnection(field.value)
        default: break
        }
    }

    private mutating func readConnection(_ value: Range<Int>) throws(UpstreamFailure) {
        if scanner[value].equals("keep-alive") { return keepsAlive = true }
        for option in scanner.list(value) {
            switch option {
            case "close": closes = true
            case "keep-alive": keepsAlive = true
            default:
                guard connectionNames.count < Self.maximumConnectionNames else { throw .malformed }
                connectionNames.append(option)
            }
        }
    }

    /// Whether a 204 speaks of a body, which it cannot have: one that comes all the same would be taken for the next answer.
    private func promisesForbiddenBody(status: Int) -> Bool {
        status == 204 && (isChunked || contentLength ?? 0 > 0)
    }

    private func framing(status: Int) throws(UpstreamFailure) -> BodyFraming {
        guard !(isChunked && contentLength != nil) else { throw .malformed }
        if isHead || status < 200 || status == 204 || status == 304 { return .none }
        if isChunked { return .chunked }
        return contentLength.map(BodyFraming.length) ?? .untilClose
    }
}
