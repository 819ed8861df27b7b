import NIOCore

/// Turns the bytes that a node sends into the parts of one answer after another, without copying bodies.
///
/// ```swift
/// reader.begin(isHead: false)
/// reader.append(bytes)
/// while let part = try reader.next() { … }
/// ```
struct ResponseReader {
    /// A part of an answer. Interim answers (1xx) may come before the head.
    enum Part {
        case interim
        case head(ResponseHead)
        case body(ByteBuffer)
        case end
    }

    /// The largest head that a node may send.
    static let maximumHeadBytes = 64 * 1024
    private static let maximumChunkLineBytes = 1024

    private enum State {
        case idle
        case head
        case length(remaining: Int)
        case chunkLine
        case chunk(remaining: Int)
        case chunkEnd
        case trailers(bytes: Int)
        case untilClose
        /// The body is over; the next part is the end.
        case ending
    }

    private var state = State.idle
    private var buffer = ByteBuffer()
    private var searched = 0
    private var isHead = false
    /// Whether the node will take another request on this connection.
    private(set) var keepAlive = false

    /// Whether bytes are left that belong to no answer.
    var hasLeftOver: Bool { buffer.readableBytes > 0 }

    mutating func begin(isHead: Bool) {
        self.isHead = isHead
        state = .head
        searched = 0
    }

    mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next part; nil until more bytes come.
    mutating func next() throws(UpstreamFailure) -> Part? {
        while true {
            switch state {
            case .idle: return nil
            case .head: return try nextHead()
            case .length(let remaining): return nextOfLength(remaining)
            case .untilClose: return takeAll().map(Part.body)
            case .chunkLine:
                guard let length = try nextChunkLength() else { return nil }
                state = length == 0 ? .trailers(bytes: 0) : .chunk(remaining: length)
            case .chunk(let remaining):
                guard let piece = take(atMost: remaining) else { return nil }
                state = piece.readableBytes == remaining ? .chunkEnd : .chunk(remaining: remaining - piece.readableBytes)
                return .body(piece)
            case .chunkEnd:
                guard let end = buffer.readBytes(length: 2) else { return nil }
                guard end == [0x0D, 0x0A] else { throw .malformed }
                state = .chunkLine
            case .trailers(let bytes):
                guard let line = try readLine(limit: Self.maximumHeadBytes) else { return nil }
                guard bytes + line.readableBytes <= Self.maximumHeadBytes else { throw .malformed }
                state = line.readableBytes == 0 ? .ending : .trailers(bytes: bytes + line.readableBytes)
            case .ending:
                state = .idle
                return .end
            }
        }
    }

    /// Tells that the node closed the connection in an orderly way.
    ///
    /// - Returns: whether that ends the answer as it should.
    mutating func close() -> Bool {
        guard case .untilClose = state else { return false }
        state = .idle
        return true
    }

    // MARK: Head

    private mutating func nextHead() throws(UpstreamFailure) -> Part? {
        guard let length = headLength() else {
            guard buffer.readableBytes <= Self.maximumHeadBytes else { throw .malformed }
            return nil
        }
        guard length <= Self.maximumHeadBytes, let bytes = buffer.readSlice(length: length) else { throw .malformed }
        searched = 0
        let isHead = isHead
        let parsed = try bytes.withUnsafeReadableBytes { bytes throws(UpstreamFailure) in
            try ResponseParser.parse(bytes, isHead: isHead)
        }
        if parsed.status < 200 {
            // The router strips Upgrade, so that there is nothing to switch to.
            guard parsed.status != 101 else { throw .malformed }
            return .interim
        }
        keepAlive = parsed.keepAlive && parsed.framing != .untilClose
        state =
            switch parsed.framing {
            case .none, .length(0): .ending
            case .length(let bytes): .length(remaining: bytes)
            case .chunked: .chunkLine
            case .untilClose: .untilClose
            }
        return .head(
            ResponseHead(
                status: parsed.status, reason: parsed.reason, fields: parsed.fields, framing: parsed.framing,
                contentLength: parsed.contentLength, connectionNames: parsed.connectionNames, bytes: bytes))
    }

    /// The length of the head with its empty line, once that has come.
    private mutating func headLength() -> Int? {
        let from = searched
        let found: Int? = buffer.withUnsafeReadableBytes { bytes in
            var index = from
            while index + 3 < bytes.count {
                if bytes[index] == 0x0D, bytes[index + 1] == 0x0A, bytes[index + 2] == 0x0D, bytes[index + 3] == 0x0A {
                    return index + 4
                }
                index += 1
            }
            return nil
        }
        if found == nil { searched = max(0, buffer.readableBytes - 3) }
        return found
    }

    // MARK: Body

    private mutating func nextOfLength(_ remaining: Int) -> Part? {
        guard let piece = take(atMost: remaining) else { return nil }
        state = piece.readableBytes == remaining ? .ending : .length(remaining: remaining - piece.readableBytes)
        return .body(piece)
    }

    private mutating func take(atMost length: Int) -> ByteBuffer? {
        guard buffer.readableBytes > 0 else { return nil }
        return buffer.readableBytes <= length ? takeAll() : buffer.readSlice(length: length)
    }

    private mutating func takeAll() -> ByteBuffer? {
        guard buffer.readableBytes > 0 else { return nil }
        defer { buffer = ByteBuffer() }
        return buffer
    }

    /// The size at the start of a chunk; its extensions are skipped.
    private mutating func nextChunkLength() throws(UpstreamFailure) -> Int? {
        guard let line = try readLine(limit: Self.maximumChunkLineBytes) else { return nil }
        var length = 0
        var digits = 0
        for byte in line.readableBytesView {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else { break }
            length = length << 4 | digit
            digits += 1
            guard digits <= 15 else { throw .malformed }
        }
        let rest = line.readableBytesView.dropFirst(digits)
        guard digits > 0, rest.isEmpty || rest.first == UInt8(ascii: ";") || rest.first == UInt8(ascii: " ") else {
            throw .malformed
        }
        return length
    }

    /// A line without its CRLF.
    private mutating func readLine(limit: Int) throws(UpstreamFailure) -> ByteBuffer? {
        guard let lineFeed = buffer.readableBytesView.firstIndex(of: 0x0A) else {
            guard buffer.readableBytes <= limit else { throw .malformed }
            return nil
        }
        let length = lineFeed - buffer.readerIndex
        guard length <= limit, let line = buffer.readSlice(length: length + 1), length > 0,
            line.getInteger(at: line.readerIndex + length - 1, as: UInt8.self) == 0x0D
        else { throw .malformed }
        return line.getSlice(at: line.readerIndex, length: length - 1)
    }
}
