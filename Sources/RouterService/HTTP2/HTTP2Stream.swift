import NIOCore
import NIOHPACK
import NIOHTTP2

/// One stream of an HTTP/2 connection: writes what the client said as HTTP/1.1 for a `ClientConnection`, which reads it with the
/// parser that all requests go through, and turns the answer's bytes into frames.
///
/// There is no channel for a stream: the connection hands it its frames, and takes those that it writes. Bodies are not copied.
/// Nothing waits here but what the `ClientConnection` does not take yet, and the last piece of either direction, until it is known
/// to be the last.
final class HTTP2Stream {
    private enum Request {
        case fields
        case length(remaining: Int)
        case chunked
        case complete
    }

    /// What is written when it is known whether something follows.
    private enum Held {
        case nothing
        case fields(HPACKHeaders)
        case piece(ByteBuffer)
    }

    /// How an early answer, which is complete before its request is, goes out.
    private enum EarlyAnswer {
        case none
        case written(EventLoopFuture<Void>)
        case sent
    }

    let id: HTTP2StreamID
    private let connection: HTTP2Connection
    private var client: ClientConnection?
    /// Cleared when the library has closed the stream.
    private(set) var isOpen = true

    private var request = Request.fields
    /// Frames that the client sent and that are not on turn.
    private var waiting: CircularBuffer<HTTP2Frame.FramePayload>?
    private var isDelivering = false
    /// The end of a request of a told length. With it the request is complete for the node, so it waits for the stream's end: a
    /// longer body is no request.
    private var lastPiece: ByteBuffer?
    private var window = InboundWindow(target: HTTP2.streamWindow)

    private var reader = ResponseReader()
    private var held = Held.nothing
    private var isAnswered = false
    private var earlyAnswer = EarlyAnswer.none
    private var isReset = false
    private var outbound = OutboundBytes()

    init(id: HTTP2StreamID, connection: HTTP2Connection) {
        self.id = id
        self.connection = connection
    }

    /// Tells who answers the request.
    func open(_ client: ClientConnection) {
        self.client = client
        client.streamOpened()
    }

    /// The library has closed the stream: nothing comes or goes any more.
    func closed() {
        isOpen = false
        dismissClient()
    }

    private func dismissClient() {
        waiting = nil
        held = .nothing
        client?.streamClosed()
        client = nil
    }

    // MARK: The client's frames

    func receive(_ payload: HTTP2Frame.FramePayload) {
        switch payload {
        case .headers(let headers): if headers.endStream { window.close() }
        case .data(let data):
            window.received(data.data.readableBytes)
            if data.endStream { window.close() }
        default: return
        }
        guard !isReset else { return }
        guard waiting == nil, !isDelivering, client?.takesInput() == true else { return enqueue(payload) }
        isDelivering = true
        deliver(payload)
        isDelivering = false
        readOn()
        endDelivery()
    }

    private func enqueue(_ payload: HTTP2Frame.FramePayload) {
        if waiting == nil { waiting = CircularBuffer() }
        waiting?.append(payload)
    }

    /// Hands over what waits, as long as it is wanted.
    func readOn() {
        guard !isDelivering, waiting != nil else { return }
        isDelivering = true
        while client?.takesInput() == true, let payload = waiting?.popFirst() { deliver(payload) }
        isDelivering = false
        if waiting?.isEmpty == true { waiting = nil }
        endDelivery()
    }

    /// What goes to the node goes there at once, but once for all that came in one read.
    private func endDelivery() {
        if client?.needsUpstreamFlush == true { connection.delivered(to: self) }
    }

    func flushUpstream() { client?.flushUpstream() }

    private func deliver(_ payload: HTTP2Frame.FramePayload) {
        guard !isReset else { return }
        do throws(MalformedStream) {
            switch payload {
            case .headers(let headers): try receive(headers)
            case .data(let data):
                guard case .byteBuffer(let piece) = data.data else { return }
                try receive(piece, endsStream: data.endStream)
                if let increment = window.taken(piece.readableBytes) { openWindow(by: increment) }
            default: break
            }
        } catch {
            reset(.protocolError)
            connection.streamWasMalformed()
        }
    }

    private func receive(_ headers: HTTP2Frame.FramePayload.Headers) throws(MalformedStream) {
        guard case .fields = request else {
            guard headers.endStream else { throw .trailers }
            try RequestTranslation.checkTrailers(headers.headers)
            return try complete()
        }
        var translation = RequestTranslation(scheme: connection.scheme, endsStream: headers.endStream)
        let head = try translation.head(of: headers.headers)
        reader.begin(isHead: translation.isHead)
        if headers.endStream {
            request = .complete
        } else {
            request = translation.length.map { .length(remaining: $0) } ?? .chunked
            if translation.length == 0 { return lastPiece = head }
        }
        pass(head)
    }

    private func receive(_ piece: ByteBuffer, endsStream: Bool) throws(MalformedStream) {
        switch request {
        case .length(let remaining):
            let rest = remaining - piece.readableBytes
            guard rest >= 0 else { throw .length }
            request = .length(remaining: rest)
            if rest > 0 {
                pass(piece)
            } else if piece.readableBytes > 0 {
                lastPiece = piece
            }
        case .chunked:
            guard piece.readableBytes > 0 else { break }
            pass(ChunkedBody.head(of: piece.readableBytes))
            pass(piece)
            pass(ChunkedBody.lineEnd)
        case .fields, .complete: break
        }
        if endsStream { try complete() }
    }

    private func complete() throws(MalformedStream) {
        switch request {
        case .length(let remaining):
            guard remaining == 0 else { throw .length }
            request = .complete
            if let lastPiece { pass(lastPiece) }
            lastPiece = nil
        case .chunked:
            request = .complete
            pass(ChunkedBody.end)
        case .fields, .complete: break
        }
    }

    private func pass(_ bytes: ByteBuffer) {
        guard !isReset, bytes.readableBytes > 0 else { return }
        client?.receive(bytes)
    }

    // MARK: Windows

    /// The client may send so many bytes, as the library counts them.
    func windowChanged(to size: Int) {
        if let increment = window.changed(to: size) { openWindow(by: increment) }
    }

    private func openWindow(by increment: Int) {
        guard isOpen, !isReset else { return }
        connection.write(.windowUpdate(windowSizeIncrement: increment), on: self)
    }

    func windowOpened(by increment: Int) { window.opened(by: increment) }

    var isWritable: Bool { isOpen && !outbound.isFull && connection.isWritable }

    /// Bytes of the answer have left for the connection.
    ///
    /// - Returns: whether the node may go on with it.
    func sent(_ bytes: Int) -> Bool { outbound.left(bytes) }

    func writabilityChanged() { client?.writabilityChanged(to: isWritable) }

    /// Whether a change of the connection's writability is one of this stream.
    var followsConnection: Bool { isOpen && !outbound.isFull }

    // MARK: Answer

    /// Begins a node's answer.
    func write(_ fields: HPACKHeaders) {
        if !isAnswered { held = .fields(fields) }
    }

    func write(piece: ByteBuffer) {
        guard !isAnswered, !isReset else { return }
        flush()
        held = .piece(piece)
    }

    /// Writes an answer of the router's own, which is a text of HTTP/1.1.
    func write(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0, !isAnswered, !isReset else { return }
        reader.append(bytes)
        do throws(UpstreamFailure) {
            while let part = try reader.next() {
                switch part {
                // The client waits for this before it sends the body; no node's interim answer comes here.
                case .interim: send(.headers(.init(headers: [":status": "100"])))
                case .head(let head): held = .fields(head.http2Fields())
                case .body(let piece): write(piece: piece)
                case .end: return writeEnd()
                }
            }
        } catch {
            reset(.internalError)
        }
    }

    /// Lets go what is held; the connection sends it with what its other streams have.
    func flush() {
        if let payload = takeHeld(endsStream: false) { send(payload) }
    }

    /// Tells when an answer that is complete before its request is sent, so that the client has it before it is told to stop.
    func flush(whenSent act: @escaping () -> Void) {
        flush()
        guard case .written(let future) = earlyAnswer else { return act() }
        future.assumeIsolated().whenComplete { _ in act() }
    }

    func writeEnd() {
        guard !isAnswered, !isReset else { return }
        isAnswered = true
        let payload = takeHeld(endsStream: true) ?? .data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))
        if case .complete = request { return send(payload) }
        let written = connection.eventLoop.makePromise(of: Void.self)
        earlyAnswer = .written(written.futureResult)
        written.futureResult.assumeIsolated().whenSuccess { self.earlyAnswer = .sent }
        send(payload, promise: written)
    }

    private func takeHeld(endsStream: Bool) -> HTTP2Frame.FramePayload? {
        defer { held = .nothing }
        switch held {
        case .nothing: return nil
        case .fields(let fields): return .headers(.init(headers: fields, endStream: endsStream))
        case .piece(let piece): return .data(.init(data: .byteBuffer(piece), endStream: endsStream))
        }
    }

    private func send(_ payload: HTTP2Frame.FramePayload, promise: EventLoopPromise<Void>? = nil) {
        guard isOpen, !isReset else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        connection.write(payload, on: self, promise: promise)
        guard case .data(let data) = payload, outbound.added(data.data.readableBytes) else { return }
        writabilityChanged()
    }

    // MARK: Ends

    /// A stream that is complete both ways closes by itself; every other end is a reset, so that no client can take what it has
    /// for the whole.
    func closeOutput() {
        if case .complete = request, isAnswered { return }
        close()
    }

    func close() { reset(codeOfEnd) }

    private var codeOfEnd: HTTP2ErrorCode {
        if case .sent = earlyAnswer { return .noError }
        if isAnswered { return .cancel }
        if case .fields = request { return .refusedStream }
        return .internalError
    }

    /// What is written goes out first. What was to be written does not, and no node gets more of the request.
    private func reset(_ code: HTTP2ErrorCode) {
        guard isOpen, !isReset else { return }
        connection.write(.rstStream(code), on: self)
        isReset = true
        dismissClient()
    }
}
