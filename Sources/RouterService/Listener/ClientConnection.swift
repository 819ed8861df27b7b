import NIOCore
import NIOHTTP1

/// One connection of a client: reads its requests one after another, has each answered, and answers in order.
///
/// ```
/// idle ──head──▶ connecting ──▶ forwarding ──answer complete──▶ idle
///   └──refused──▶ answered ──rest of the request──▶ idle or closed
/// ```
///
/// Lives on one event loop, with the connections to nodes that it uses.
final class ClientConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum State {
        /// Waits for a request.
        case idle
        /// A request waits for a connection to a node.
        case connecting
        /// A node works on the request.
        case forwarding(UpstreamConnection)
        /// The answer is complete, the request is not: its rest is dropped.
        case answered
        case closed
    }

    /// What the decoder brings.
    enum Incoming {
        case part(HTTPServerRequestPart)
        case malformed(MalformedRequest)
    }

    /// How long a client may take to read an answer that came before its request was complete.
    static let lingerTimeout = TimeAmount.seconds(2)

    let loop: RouterLoop
    var context: ChannelHandlerContext?
    var state = State.idle
    var exchange: Exchange?
    /// The head for the node, until it is sent.
    var pendingHead = ByteBuffer()
    var client = ClientAddress(nil)
    var isDraining = false
    /// When the connection is given up unless something happens before.
    private(set) var deadline = NIODeadline.distantFuture
    var needsUpstreamFlush = false

    /// Parts that came before their turn. Reading stops as soon as there is one.
    private var queue = CircularBuffer<Incoming>()
    private var isServingQueue = false
    private var isReadPending = false
    private var sawPart = false
    private var isHeadPartial = false

    init(loop: RouterLoop) { self.loop = loop }

    func extendDeadline(_ time: TimeAmount) { deadline = loop.now + time }

    func suspendDeadline() { deadline = .distantFuture }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        client = ClientAddress(context.remoteAddress)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        client = ClientAddress(context.remoteAddress)
        guard loop.admit(self) else {
            state = .closed
            return context.close(promise: nil)
        }
        extendDeadline(loop.limits.headerTimeout)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        receive(.part(unwrapInboundIn(data)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if needsUpstreamFlush, case .forwarding(let upstream) = state {
            needsUpstreamFlush = false
            upstream.flush()
        }
        if case .idle = state, !sawPart, !isHeadPartial {
            isHeadPartial = true
            extendDeadline(loop.limits.headerTimeout)
        }
        sawPart = false
    }

    func read(context: ChannelHandlerContext) {
        if wantsInput { context.read() } else { isReadPending = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard case .forwarding(let upstream) = state else { return }
        if context.channel.isWritable { upstream.resumeReading() } else { upstream.pauseReading() }
        extendDeadline(loop.limits.idleTimeout)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow: receive(.malformed(.fieldsTooLarge))
        case HTTPParserError.invalidVersion: receive(.malformed(.versionUnknown))
        case HTTPParserError.closedConnection: break  // bytes after the last request that this connection takes
        case is HTTPParserError: receive(.malformed(.syntax))
        case is ByteToMessageDecoderError: break  // more of what was refused already
        default: context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let before = state
        state = .closed
        queue.removeAll()
        if case .forwarding(let upstream) = before { upstream.cancel() }
        recordInterruption(status: 499)
        loop.dismiss(self)
    }

    // MARK: Order

    private func receive(_ incoming: Incoming) {
        if queue.isEmpty, isReadyForInput { handle(incoming) } else { queue.append(incoming) }
    }

    /// Whether the next part can be handled in this state.
    private var isReadyForInput: Bool {
        switch state {
        case .idle, .answered, .closed: true
        case .connecting: false
        case .forwarding: exchange?.isRequestComplete == false
        }
    }

    /// Whether more should be read from the client.
    private var wantsInput: Bool {
        guard queue.isEmpty else { return false }
        if case .forwarding(let upstream) = state, exchange?.isRequestComplete == false { return upstream.isWritable }
        return true
    }

    /// Handles what has come before its turn, and reads on when nothing is left.
    func serveQueue() {
        guard !isServingQueue else { return }
        isServingQueue = true
        while isReadyForInput, let next = queue.popFirst() { handle(next) }
        isServingQueue = false
        resumeReading()
    }

    func resumeReading() {
        guard isReadPending, wantsInput else { return }
        isReadPending = false
        context?.read()
    }

    private func handle(_ incoming: Incoming) {
        switch (state, incoming) {
        case (.idle, .part(.head(let head))):
            isHeadPartial = false
            begin(head)
        case (.idle, .malformed(let reason)): refuse(reason)
        case (.forwarding(let upstream), .part(.body(let piece))): forward(piece, to: upstream)
        case (.forwarding(let upstream), .part(.end)): completeRequest(to: upstream)
        case (.forwarding(let upstream), .malformed(let reason)): abandon(upstream, answering: reason.problem)
        case (.answered, .part(.end)):
            exchange?.isRequestComplete = true
            finish()
        case (.answered, .malformed): close()
        case (.answered, .part), (.idle, .part), (.connecting, _), (.forwarding, .part(.head)), (.closed, _): break
        }
    }

    // MARK: Ends

    /// Closes in good order: what is written goes out first.
    func closeAfterFlush() {
        state = .closed
        queue.removeAll()
        extendDeadline(Self.lingerTimeout)
        guard let context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
    }

    func close() {
        state = .closed
        context?.close(promise: nil)
    }

    /// Closes in the midst of an answer, so that no client can take what it has for the whole.
    func breakOff() {
        // Without a reset, the end of the connection would look like the end of such a body.
        if exchange?.answerFraming == .untilClose { context?.channel.resetOnClose() }
        close()
    }

    func finish() {
        let keepsAlive = exchange?.keepAlive == true && !isDraining
        exchange = nil
        guard keepsAlive else { return closeAfterFlush() }
        state = .idle
        isHeadPartial = false
        extendDeadline(loop.limits.idleTimeout)
        serveQueue()
    }

    /// Closes when idle; else after the answer that is on its way.
    func drain() {
        isDraining = true
        if case .idle = state, !isHeadPartial { close() }
    }

    func abort() {
        if case .forwarding(let upstream) = state { upstream.cancel() }
        recordInterruption(status: 503)
        breakOff()
    }

    func deadlinePassed() {
        switch state {
        case .idle where isHeadPartial: refuse(.timeout)
        case .idle, .answered, .closed: close()
        case .connecting: break
        case .forwarding(let upstream): forwardingTimedOut(upstream)
        }
    }
}
