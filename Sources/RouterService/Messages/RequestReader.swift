import NIOCore

/// Turns the bytes that a client sends into the parts of one request after another, without copying bodies.
///
/// What has come before its turn waits here as bytes. After an error nothing more can be read: where the next request would
/// start is unknown.
struct RequestReader {
    enum Part {
        case head(RequestHead)
        case body(ByteBuffer)
        case end
    }

    private enum State {
        case head
        case length(remaining: Int)
        case chunked(ChunkedReader)
        /// The body is over; the next part is the end.
        case ending
        case broken
    }

    private let headLimit: Int
    private let targetLimit: Int
    private var state = State.head
    private var buffer = ByteBuffer()
    /// Where the first line starts that was not looked at yet.
    private var lineStart = 0
    private var sawEmptyLine = false

    init(headLimit: Int, targetLimit: Int) {
        self.headLimit = headLimit
        self.targetLimit = targetLimit
    }

    /// Whether bytes wait that no part was made of.
    var hasBytes: Bool { buffer.readableBytes > 0 }

    /// Whether a head has begun and not ended.
    var isInsideHead: Bool {
        if case .head = state { return hasBytes }
        return false
    }

    mutating func append(_ bytes: ByteBuffer) {
        if case .broken = state { return }
        if hasBytes { buffer.writeImmutableBuffer(bytes) } else { buffer = bytes }
    }

    /// The next part; nil until more bytes come.
    mutating func next() throws(MalformedRequest) -> Part? {
        switch state {
        case .head:
            do throws(MalformedRequest) {
                return try nextHead().map(Part.head)
            } catch {
                breakUp()
                throw error
            }
        case .length(let remaining):
            guard let piece = buffer.readPiece(atMost: remaining) else { return nil }
            let rest = remaining - piece.readableBytes
            state = rest == 0 ? .ending : .length(remaining: rest)
            return .body(piece)
        case .chunked(let reader): return try nextChunk(reader)
        case .ending:
            state = .head
            return .end
        case .broken: return nil
        }
    }

    private mutating func nextChunk(_ current: ChunkedReader) throws(MalformedRequest) -> Part? {
        var reader = current
        do throws(ChunkedReader.Malformed) {
            let step = try reader.next(from: &buffer)
            state = .chunked(reader)
            switch step {
            case .data(let piece): return .body(piece)
            case .end:
                state = .head
                return .end
            case nil: return nil
            }
        } catch {
            breakUp()
            throw .chunkInvalid
        }
    }

    // MARK: Head

    private mutating func nextHead() throws(MalformedRequest) -> RequestHead? {
        try skipEmptyLine()
        guard let length = try headLength() else {
            guard buffer.readableBytes <= headLimit else { throw lineStart == 0 ? .targetTooLong : .fieldsTooLarge }
            return nil
        }
        guard length <= headLimit else { throw .fieldsTooLarge }
        guard let bytes = buffer.readSlice(length: length) else { throw .syntax }
        if buffer.readableBytes == 0 { buffer = ByteBuffer() }
        lineStart = 0
        sawEmptyLine = false
        let head = try RequestParser.parse(bytes, targetLimit: targetLimit)
        state =
            switch head.framing {
            case .none, .length(0), .untilClose: .ending
            case .length(let bytes): .length(remaining: bytes)
            case .chunked: .chunked(ChunkedReader())
            }
        return head
    }

    /// One empty line before a request is forgiven (RFC 9112, section 2.2).
    private mutating func skipEmptyLine() throws(MalformedRequest) {
        guard lineStart == 0, let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return }
        if first == 0x0D, !sawEmptyLine {
            guard let second = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt8.self) else { return }
            guard second == 0x0A else { throw .syntax }
            buffer.moveReaderIndex(forwardBy: 2)
            sawEmptyLine = true
            if buffer.readableBytes == 0 { buffer = ByteBuffer() }
        } else if !HeadScanner.isTokenByte(first) {
            throw .syntax
        }
    }

    /// The length of the head with its empty line, once that has come. A line that does not end in CRLF is refused at once.
    private mutating func headLength() throws(MalformedRequest) -> Int? {
        var start = lineStart
        let length = try buffer.withUnsafeReadableBytes { bytes throws(MalformedRequest) -> Int? in
            while let lineFeed = HeadScanner.firstLineFeed(in: bytes, from: start) {
                guard lineFeed > start, bytes[lineFeed - 1] == UInt8(ascii: "\r") else { throw .syntax }
                if lineFeed == start + 1 { return lineFeed + 1 }
                start = lineFeed + 1
            }
            return nil
        }
        lineStart = start
        return length
    }

    private mutating func breakUp() {
        state = .broken
        buffer = ByteBuffer()
    }
}
