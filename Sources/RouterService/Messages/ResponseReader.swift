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
    /// The most interim answers before an answer: each costs work, and no client sees one.
    static let maximumInterimAnswers = 16

    private enum State {
        case idle
        case head
        case length(remaining: Int)
        case chunked(ChunkedReader)
        case untilClose
        /// The body is over; the next part is the end.
        case ending
    }

    private var state = State.idle
    private var buffer = ByteBuffer()
    /// Where the first line starts that was not looked at yet.
    private var lineStart = 0
    private var isHead = false
    private var interimAnswers = 0
    /// Whether the node will take another request on this connection.
    private(set) var keepAlive = false

    /// Whether bytes are left that belong to no answer.
    var hasLeftOver: Bool { buffer.readableBytes > 0 }

    mutating func begin(isHead: Bool) {
        self.isHead = isHead
        state = .head
        lineStart = 0
        interimAnswers = 0
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
        switch state {
        case .idle: return nil
        case .head: return try nextHead()
        case .length(let remaining):
            guard let piece = buffer.readPiece(atMost: remaining) else { return nil }
            let rest = remaining - piece.readableBytes
            state = rest == 0 ? .ending : .length(remaining: rest)
            return .body(piece)
        case .untilClose: return buffer.readPiece(atMost: .max).map(Part.body)
        case .chunked(let reader): return try nextChunk(reader)
        case .ending:
            state = .idle
            return .end
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

    private mutating func nextChunk(_ current: ChunkedReader) throws(UpstreamFailure) -> Part? {
        var reader = current
        do throws(ChunkedReader.Malformed) {
            let step = try reader.next(from: &buffer)
            state = .chunked(reader)
            switch step {
            case .data(let piece): return .body(piece)
            case .end:
                state = .idle
                return .end
            case nil: return nil
            }
        } catch {
            throw .malformed
        }
    }

    // MARK: Head

    private mutating func nextHead() throws(UpstreamFailure) -> Part? {
        guard let length = try headLength() else {
            guard buffer.readableBytes <= Self.maximumHeadBytes else { throw .malformed }
            return nil
        }
        guard length <= Self.maximumHeadBytes, let bytes = buffer.readSlice(length: length) else { throw .malformed }
        if buffer.readableBytes == 0 { buffer = ByteBuffer() }
        lineStart = 0
        let head = try ResponseParser.parse(bytes, isHead: isHead)
        if head.status < 200 {
            // The router asks for no upgrade, so that there is nothing to switch to.
            interimAnswers += 1
            guard head.status != 101, interimAnswers <= Self.maximumInterimAnswers else { throw .malformed }
            return .interim
        }
        keepAlive = head.keepAlive
        state =
            switch head.framing {
            case .none, .length(0): .ending
            case .length(let bytes): .length(remaining: bytes)
            case .chunked: .chunked(ChunkedReader())
            case .untilClose: .untilClose
            }
        return .head(head)
    }

    /// The length of the head with its empty line, once that has come.
    private mutating func headLength() throws(UpstreamFailure) -> Int? {
        var start = lineStart
        let length = try buffer.withUnsafeReadableBytes { bytes throws(UpstreamFailure) -> Int? in
            while let lineFeed = HeadScanner.firstLineFeed(in: bytes, from: start) {
                guard lineFeed > start, bytes[lineFeed - 1] == UInt8(ascii: "\r") else { throw .malformed }
                if lineFeed == start + 1 { return lineFeed + 1 }
                start = lineFeed + 1
            }
            return nil
        }
        lineStart = start
        return length
    }
}
