import NIOCore
import NIOHTTP2

/// One HTTP/2 connection of a client: which streams it has, how it begins, when it is idle, and how it ends.
///
/// ```
/// opening ──SETTINGS──▶ open ──drain──▶ left ──last stream──▶ ending
///                         └──idle, flood, error──────────────▶ ending
/// ```
final class HTTP2Connection: ChannelInboundHandler, LoopConnection {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum State {
        /// Waits for the client's preface and settings.
        case opening
        case open
        /// The client was told that no stream can begin any more; the last one to end ends the connection. A stream that was under
        /// way is not worked on; GOAWAY has told the client so.
        case left
        /// The last frame is written; what the client still sends is dropped for a while, so that no reset takes it from the client.
        case ending
    }

    private static let windowChange = ObjectIdentifier(NIOHTTP2WindowUpdatedEvent.self)
    private static let streamClosure = ObjectIdentifier(StreamClosedEvent.self)
    private static let streamCreation = ObjectIdentifier(NIOHTTP2StreamCreatedEvent.self)

    let client: ClientAddress
    /// What the requests' `:scheme` must be.
    let scheme: String
    let eventLoop: any EventLoop
    private let loop: RouterLoop
    private let makeClient: (HTTP2Stream) -> ClientConnection
    private var context: ChannelHandlerContext?
    private var state = State.opening
    private var streams: [HTTP2StreamID: HTTP2Stream] = [:]
    private var window = InboundWindow(target: HTTP2.connectionWindow)
    private(set) var isWritable = true
    /// What is written goes out together, at the end of the event loop's turn: many streams have something in one.
    private var outbox: [OutgoingFrame] = []
    private var isFlushing = false
    /// Streams of which enough has been sent that their nodes may go on.
    private var relieved: [HTTP2Stream] = []
    private var isReading = false
    /// Streams that have something for their nodes, at the end of the read.
    private var delivered: [HTTP2Stream] = []
    private var lastStream = HTTP2StreamID.rootStream
    private var malformed: FrameBudget
    /// When the fields of a request that have begun to come must be complete.
    private var headDeadline = NIODeadline.distantFuture
    private var idleDeadline: NIODeadline

    /// - Parameter makeClient: makes what answers the request of a stream.
    init(loop: RouterLoop, client: ClientAddress, scheme: String, makeClient: @escaping (HTTP2Stream) -> ClientConnection) {
        self.loop = loop
        self.client = client
        self.scheme = scheme
        self.makeClient = makeClient
        eventLoop = loop.eventLoop
        malformed = FrameBudget(limit: loop.limits.http2Resets)
        idleDeadline = loop.now + loop.limits.headerTimeout
    }

    var isEnding: Bool { if case .ending = state { true } else { false } }

    /// Streams have deadlines of their own.
    var deadline: NIODeadline { min(idleDeadline, headDeadline) }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        closeStreams()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        let frame = unwrapInboundIn(data)
        if frame.streamID == .rootStream { return receive(frame.payload) }
        if let stream = streams[frame.streamID] { return stream.receive(frame.payload) }
        // What comes late for a stream that is over needs no answer: the library knows which streams may be spoken of.
        guard case .headers = frame.payload else { return }
        begin(frame.streamID).receive(frame.payload)
    }

    private func receive(_ payload: HTTP2Frame.FramePayload) {
        switch (state, payload) {
        case (.opening, .settings):
            state = .open
            if streams.isEmpty { idleDeadline = loop.now + loop.limits.idleTimeout }
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        while let stream = delivered.popLast() { stream.flushUpstream() }
        relieveStreams()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        relieveStreams()
        if isWritable != context.channel.isWritable {
            isWritable.toggle()
            for stream in streams.values where stream.followsConnection { stream.writabilityChanged() }
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Several come for each request; a cast that fails costs far more than to ask for the type.
        switch ObjectIdentifier(type(of: event)) {
        case Self.windowChange: if let change = event as? NIOHTTP2WindowUpdatedEvent { windowChanged(change) }
        case Self.streamClosure: if let closed = event as? StreamClosedEvent { end(closed.streamID) }
        case Self.streamCreation: break
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .ending
        closeStreams()
        loop.dismiss(self)
        context.fireChannelInactive()
    }

    /// Errors of one stream are answered by the library with a reset of that stream; after all others nothing can be trusted.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is NIOHTTP2Errors.StreamError, is NIOHTTP2Errors.StreamClosed, is NIOHTTP2Errors.BadStreamStateTransition,
            is NIOHTTP2Errors.TrailersWithoutEndStream:
            break
        case is any NIOHTTP2Error: fail(.protocolError)
        default: abort()
        }
    }

    // MARK: Streams

    private func begin(_ id: HTTP2StreamID) -> HTTP2Stream {
        let stream = HTTP2Stream(id: id, connection: self)
        streams[id] = stream
        lastStream = max(lastStream, id)
        idleDeadline = .distantFuture
        stream.open(makeClient(stream))
        return stream
    }

    private func end(_ id: HTTP2StreamID) {
        guard let stream = streams.removeValue(forKey: id) else { return }
        stream.closed()
        guard streams.isEmpty else { return }
        switch state {
        case .left: end()
        case .opening, .open: idleDeadline = loop.now + loop.limits.idleTimeout
        case .ending: break
        }
    }

    private func closeStreams() {
        let open = streams.values
        streams = [:]
        for stream in open { stream.closed() }
        for frame in outbox { frame.promise?.fail(ChannelError.ioOnClosedChannel) }
        outbox = []
        delivered = []
        relieved = []
    }

    private func windowChanged(_ change: NIOHTTP2WindowUpdatedEvent) {
        guard let size = change.inboundWindowSize else { return }
        if change.streamID != .rootStream {
            streams[change.streamID]?.windowChanged(to: size)
        } else if let increment = window.changed(to: size) {
            write(.windowUpdate(windowSizeIncrement: increment), on: nil)
        }
    }

    /// A stream has handed over a piece of its request: it goes on when nothing more comes for now.
    func delivered(to stream: HTTP2Stream) {
        if isReading { delivered.append(stream) } else { stream.flushUpstream() }
    }

    /// The time for a request's fields runs from their first byte on, however many frames and reads they take.
    func watchHead(isPartial: Bool) {
        if !isPartial {
            headDeadline = .distantFuture
        } else if headDeadline == .distantFuture {
            headDeadline = loop.now + loop.limits.headerTimeout
        }
    }

    /// A stream was reset because it was no request. Many of them are an attack: each makes the router work for nothing.
    func streamWasMalformed() {
        if !malformed.spend(at: .now()) { fail(.enhanceYourCalm) }
    }

    // MARK: Frames

    /// - Parameter stream: nil for a frame about the connection.
    func write(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2Stream?, promise: EventLoopPromise<Void>? = nil) {
        if outbox.isEmpty, !isFlushing { eventLoop.assumeIsolated().execute { self.flush() } }
        outbox.append(OutgoingFrame(payload: payload, stream: stream, promise: promise))
    }

    private func flush() {
        guard let context, !isFlushing, !outbox.isEmpty else { return }
        isFlushing = true
        // A frame may close its stream, and what closes may write.
        var next = 0
        while next < outbox.count {
            let frame = outbox[next]
            next += 1
            guard frame.stream?.isOpen != false else {
                frame.promise?.fail(ChannelError.ioOnClosedChannel)
                continue
            }
            let framed = HTTP2Frame(streamID: frame.stream?.id ?? .rootStream, payload: frame.payload)
            context.write(wrapOutboundOut(framed), promise: frame.promise)
        }
        outbox.removeAll(keepingCapacity: true)
        isFlushing = false
        context.flush()
        relieveStreams()
    }

    /// Nodes go on only when no frame is in the midst of being written.
    private func relieveStreams() {
        while let stream = relieved.popLast() {
            if isWritable { stream.writabilityChanged() }
        }
    }

    // MARK: Ends

    func deadlinePassed() {
        switch state {
        case .opening, .ending: abort()
        case .open where headDeadline < loop.now, .left where headDeadline < loop.now: fail(.protocolError)
        case .open: leave()
        case .left: idleDeadline = .distantFuture
        }
    }

    func drain() {
        switch state {
        case .opening: abort()
        case .open: leave()
        case .left, .ending: break
        }
    }

    /// Ends at once; streams that were ended just before are told so.
    func abort() {
        flush()
        context?.close(promise: nil)
    }

    /// Ends a connection on which the client does what nobody needs, or what is no HTTP/2, with all its streams.
    func fail(_ code: HTTP2ErrorCode) {
        guard !isEnding else { return }
        loop.metrics.http2Failures.add()
        end(HTTP2Frame(streamID: .rootStream, payload: .goAway(lastStreamID: .rootStream, errorCode: code, opaqueData: nil)))
    }

    /// Tells the client to begin no more streams (RFC 9113, section 6.8).
    private func leave() {
        state = .left
        idleDeadline = .distantFuture
        if streams.isEmpty { return end() }
        context?.writeAndFlush(wrapOutboundOut(goAway(lastStream)), promise: nil)
    }

    private func end() { end(goAway(lastStream)) }

    private func end(_ last: HTTP2Frame) {
        guard let context, !isEnding else { return }
        state = .ending
        headDeadline = .distantFuture
        idleDeadline = loop.now + loop.limits.lingerTimeout
        let written = context.eventLoop.makePromise(of: Void.self)
        // Not at once: the end of the last stream may be written, and not yet flushed.
        context.eventLoop.assumeIsolated().execute {
            self.flush()
            guard let context = self.context else { return written.succeed() }
            context.writeAndFlush(self.wrapOutboundOut(last), promise: written)
        }
        written.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(mode: .output, promise: nil) }
    }

    private func goAway(_ last: HTTP2StreamID) -> HTTP2Frame {
        HTTP2Frame(streamID: .rootStream, payload: .goAway(lastStreamID: last, errorCode: .noError, opaqueData: nil))
    }
}

extension HTTP2Connection: NIOHTTP2FrameDelegate {
    /// A frame leaves the library, which keeps it as long as the client's windows are closed.
    func wroteFrame(_ frame: HTTP2Frame) {
        switch frame.payload {
        case .data(let data):
            guard let stream = streams[frame.streamID], stream.sent(data.data.readableBytes) else { return }
            relieved.append(stream)
        case .windowUpdate(let increment):
            if frame.streamID == .rootStream {
                window.opened(by: increment)
            } else {
                streams[frame.streamID]?.windowOpened(by: increment)
            }
        default: break
        }
    }
}
