import NIOCore

/// One connection of a client: reads its requests one after another, has each answered, and answers in order.
///
/// ```
/// idle ──head──▶ connecting ──▶ forwarding ──answer complete──▶ idle
///   └──refused──▶ answered ──rest of the request──▶ idle or closed
/// ```
///
/// Lives on one event loop, with the connections to nodes that it uses.
final class ClientConnection: ChannelDuplexHandler, LoopConnection {
    typealias InboundIn = ByteBuffer
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

    /// How much a client may still send after an answer that came before its request was complete.
    static let lingerBytes = 16 << 20

    let loop: RouterLoop
    /// nil before it is open, and after it is closed.
    var link: ClientLink?
    /// Streams are looked after by their connection too.
    let isStream: Bool
    var state = State.idle
    var exchange: Exchange?
    /// The head for the node, for as long as it may have to be sent.
    var pendingHead = ByteBuffer()
    /// The head of an answer and what of its body came with it, before the channel has them.
    var assembled = ByteBuffer()
    /// Whether the channel takes more of an answer, as it said last: asking it for each request costs.
    private var isChannelWritable = true
    private(set) var client: ClientAddress
    /// For which hosts requests may come.
    let served: ServedHosts
    var isDraining = false
    /// When the connection is given up unless something happens before.
    private(set) var deadline = NIODeadline.distantFuture
    var needsUpstreamFlush = false

    /// What came before its turn waits in here, and reading stops as long as it does.
    private var reader: RequestReader
    private var isServing = false
    private var isReadPending = false
    private var isHeadPartial = false
    private var isEnding = false
    private var bytesAfterEnd = 0

    /// - Parameters:
    ///   - stream: what the request comes on; nil for a connection, which is known when this is added to its pipeline.
    ///   - client: the client's address where it is known before; nil for that of the socket.
    init(
        loop: RouterLoop, stream: HTTP2Stream? = nil, served: ServedHosts = .all, client: ClientAddress? = nil
    ) {
        self.loop = loop
        link = stream.map(ClientLink.stream)
        isStream = stream != nil
        self.served = served
        self.client = client ?? ClientAddress(nil)
        reader = RequestReader(headLimit: loop.limits.headerBytes, targetLimit: loop.limits.targetBytes)
    }

    /// Each byte gives the connection more time, but no request's body more than its own: one byte now and then is no progress.
    func extendDeadline(_ time: TimeAmount) {
        let later = loop.now + time
        guard let exchange, !exchange.isRequestComplete else { return deadline = later }
        deadline = min(later, exchange.started + loop.limits.bodyTimeout)
    }

    func suspendDeadline() { deadline = .distantFuture }

    // MARK: Channel events

    /// A connection that was opened before, for TLS or a PROXY header, is active already and admitted.
    func handlerAdded(context: ChannelHandlerContext) {
        link = .connection(context)
        isChannelWritable = context.channel.isWritable
        if context.channel.isActive { extendDeadline(loop.limits.headerTimeout) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { link = nil }

    func channelActive(context: ChannelHandlerContext) {
        client = ClientAddress(context.remoteAddress)
        guard loop.admit(self) else {
            state = .closed
            return context.close(promise: nil)
        }
        extendDeadline(loop.limits.headerTimeout)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { receive(unwrapInboundIn(data)) }

    func channelReadComplete(context: ChannelHandlerContext) { flushUpstream() }

    func read(context: ChannelHandlerContext) {
        if takesInput() { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { writabilityChanged(to: context.channel.isWritable) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        loop.dismiss(self)
    }

    // MARK: Stream events

    /// A stream's connection was admitted, and told its client.
    func streamOpened() {
        loop.attend(self)
        extendDeadline(loop.limits.headerTimeout)
    }

    func streamClosed() {
        ended()
        loop.release(self)
        link = nil
    }

    // MARK: Link

    func receive(_ bytes: ByteBuffer) {
        if isEnding {
            bytesAfterEnd += bytes.readableBytes
            guard bytesAfterEnd <= Self.lingerBytes else { return close() }
        }
        if case .closed = state { return }
        reader.append(bytes)
        serve()
    }

    /// Whether more may come now; where not, the link is asked for it as soon as it may.
    func takesInput() -> Bool {
        if wantsInput { return true }
        isReadPending = true
        return false
    }

    func writabilityChanged(to isWritable: Bool) {
        isChannelWritable = isWritable
        guard case .forwarding(let upstream) = state else {
            if isWritable { serve() }
            return
        }
        if isWritable { upstream.resumeReading() } else { upstream.pauseReading() }
        extendDeadline(loop.limits.idleTimeout)
    }

    private func ended() {
        let before = state
        state = .closed
        switch before {
        case .forwarding(let upstream): upstream.cancel()
        case .connecting: exchange?.geo?.pool.leave(self)
        case .idle, .answered, .closed: break
        }
        recordInterruption(status: 499)
    }

    // MARK: Order

    /// Whether the next part can be handled in this state.
    private var isReadyForInput: Bool {
        switch state {
        case .idle: canTakeRequests
        case .answered: true
        case .connecting, .closed: false
        case .forwarding: exchange?.isRequestComplete == false
        }
    }

    /// A client that does not read its answers is given no more of them.
    private var canTakeRequests: Bool { isWritable }

    /// Whether the client takes more of an answer.
    var isWritable: Bool {
        switch link {
        case .connection: isChannelWritable
        case .stream(let stream): stream.isWritable
        case nil: false
        }
    }

    /// Whether more should be read from the client. While a node works, one read is left open: it tells when the client goes.
    private var wantsInput: Bool {
        switch state {
        case .idle: canTakeRequests || !reader.hasBytes
        case .answered, .closed: true
        case .connecting: !reader.hasBytes
        case .forwarding(let upstream):
            exchange?.isRequestComplete == false ? upstream.isWritable : !reader.hasBytes
        }
    }

    /// Handles what has come and is on turn, and reads on when nothing is left.
    func serve() {
        guard !isServing else { return }
        isServing = true
        do throws(MalformedRequest) {
            while isReadyForInput, let part = try reader.next() { handle(part) }
        } catch {
            handle(error)
        }
        isServing = false
        watchHead()
        resumeReading()
    }

    func resumeReading() {
        guard isReadPending, wantsInput else { return }
        isReadPending = false
        link?.read()
    }

    func flushUpstream() {
        guard needsUpstreamFlush, case .forwarding(let upstream) = state else { return }
        needsUpstreamFlush = false
        upstream.flush()
    }

    private func handle(_ part: RequestReader.Part) {
        switch (state, part) {
        case (.idle, .head(let head)):
            isHeadPartial = false
            begin(head)
        case (.forwarding(let upstream), .body(let piece)): forward(piece, to: upstream)
        case (.forwarding(let upstream), .end): completeRequest(to: upstream)
        case (.answered, .end):
            exchange?.isRequestComplete = true
            finish()
        case (.idle, _), (.answered, _), (.forwarding, .head), (.connecting, _), (.closed, _): break
        }
    }

    /// Nothing that comes after this on the connection can be trusted.
    private func handle(_ reason: MalformedRequest) {
        switch state {
        case .idle: refuse(reason)
        case .forwarding(let upstream): abandon(upstream, answering: reason.problem)
        // The answer is on its way, and the connection ends behind it.
        case .answered: break
        case .connecting, .closed: close()
        }
    }

    /// The time for a head runs from its first byte on, however many reads it takes.
    private func watchHead() {
        guard case .idle = state, !isHeadPartial, reader.isInsideHead else { return }
        isHeadPartial = true
        extendDeadline(loop.limits.headerTimeout)
    }

    // MARK: Ends

    /// Closes in good order: what is written goes out first.
    func closeAfterFlush() {
        state = .closed
        endAnswers()
    }

    /// Ends the router's side of the connection when everything is sent. What the client still sends is read and dropped for a
    /// while: closing over unread bytes would reset the connection and could take the answer from the client.
    func endAnswers() {
        guard let link, !isEnding else { return }
        isEnding = true
        // Not bounded by the body's time: that has passed where the answer says so.
        deadline = loop.now + loop.limits.idleTimeout
        passAssembled()
        link.flush {
            self.deadline = self.loop.now + self.loop.limits.lingerTimeout
            self.link?.closeOutput()
        }
    }

    func close() {
        state = .closed
        link?.close()
    }

    /// Closes in the midst of an answer, so that no client can take what it has for the whole.
    func breakOff() {
        // Without a reset, the end of the connection would look like the end of such a body; so would the goodbye of TLS.
        guard exchange?.answerFraming == .untilClose, case .connection(let context) = link else { return close() }
        state = .closed
        context.channel.resetOnClose()
        context.channel.closeWithoutTLSGoodbye()
    }

    func finish() {
        let keepsAlive = exchange?.keepAlive == true && !isDraining
        exchange = nil
        guard keepsAlive else { return closeAfterFlush() }
        state = .idle
        isHeadPartial = false
        extendDeadline(loop.limits.idleTimeout)
        serve()
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
