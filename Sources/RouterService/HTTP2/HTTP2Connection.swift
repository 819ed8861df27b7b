import NIOCore
import NIOHTTP2

/// One HTTP/2 connection of a client, without its streams: how it begins, when it is idle, and how it ends.
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

    let client: ClientAddress
    private let loop: RouterLoop
    private var context: ChannelHandlerContext?
    private var state = State.opening
    private var streams = 0
    private var lastStream = HTTP2StreamID.rootStream
    private var malformed: FrameBudget
    /// When the fields of a request that have begun to come must be complete.
    private var headDeadline = NIODeadline.distantFuture
    private var idleDeadline: NIODeadline

    init(loop: RouterLoop, client: ClientAddress) {
        self.loop = loop
        self.client = client
        malformed = FrameBudget(limit: loop.limits.http2Resets)
        idleDeadline = loop.now + loop.limits.headerTimeout
    }

    var isEnding: Bool { if case .ending = state { true } else { false } }

    /// Streams have deadlines of their own.
    var deadline: NIODeadline { min(idleDeadline, headDeadline) }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (state, unwrapInboundIn(data).payload) {
        case (.opening, .settings):
            state = .open
            if streams == 0 { idleDeadline = loop.now + loop.limits.idleTimeout }
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .ending
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

    func streamBegan(_ id: HTTP2StreamID) {
        streams += 1
        lastStream = max(lastStream, id)
        idleDeadline = .distantFuture
    }

    func streamEnded() {
        streams -= 1
        guard streams == 0 else { return }
        switch state {
        case .left: end()
        case .opening, .open: idleDeadline = loop.now + loop.limits.idleTimeout
        case .ending: break
        }
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

    // MARK: Ends

    func deadlinePassed() {
        switch state {
        case .opening, .ending: abort()
        case .open where headDeadline < loop.now, .left where headDeadline < loop.now: fail(.protocolError)
        case .open:
            leave()
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

    func abort() { context?.close(promise: nil) }

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
        if streams == 0 { return end() }
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
            guard let context = self.context else { return written.succeed() }
            context.writeAndFlush(self.wrapOutboundOut(last), promise: written)
        }
        written.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(mode: .output, promise: nil) }
    }

    private func goAway(_ last: HTTP2StreamID) -> HTTP2Frame {
        HTTP2Frame(streamID: .rootStream, payload: .goAway(lastStreamID: last, errorCode: .noError, opaqueData: nil))
    }
}
