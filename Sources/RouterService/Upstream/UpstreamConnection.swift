import NIOCore

/// One connection to one node, used for one exchange at a time and kept for the next.
///
/// Lives on one event loop, the loop of the clients that it serves.
final class UpstreamConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case idle
        case busy(any UpstreamExchange)
        case closed
    }

    let node: UpstreamNode
    /// When the connection became idle.
    private(set) var idleSince = NIODeadline.now()
    private let pool: UpstreamPool
    private var context: ChannelHandlerContext?
    private var state = State.idle
    private var reader = ResponseReader()
    private var isRequestComplete = false
    private var isBroken = false
    private var isAnswered = false
    private var isReleased = false
    private var isReadingPaused = false
    private var isReadPending = false

    init(node: UpstreamNode, pool: UpstreamPool) {
        self.node = node
        self.pool = pool
    }

    // MARK: The exchange's side

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func begin(_ exchange: any UpstreamExchange, isHead: Bool) {
        state = .busy(exchange)
        isRequestComplete = false
        isAnswered = false
        reader.begin(isHead: isHead)
        node.requestBegan()
    }

    func write(_ bytes: ByteBuffer) {
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }

    func flush() { context?.flush() }

    /// The request is written to its end.
    func completeRequest() {
        isRequestComplete = true
        context?.flush()
    }

    /// Gives the exchange up: nothing more is heard, and the node sees its connection close.
    func cancel() {
        guard case .busy = state else { return }
        node.requestEnded()
        close()
    }

    /// Gives the exchange up because the node did not answer in time.
    func timeOut() {
        if case .busy = state, !isAnswered { pool.exchangeFailed(node) }
        cancel()
    }

    func pauseReading() { isReadingPaused = true }

    func resumeReading() {
        guard isReadingPaused else { return }
        isReadingPaused = false
        guard isReadPending else { return }
        isReadPending = false
        context?.read()
    }

    /// Returns a connection on which nothing was begun.
    func giveBack() {
        if case .idle = state { pool.keep(self) }
    }

    /// Closes a connection that nobody uses.
    func closeIdle() {
        if case .idle = state { close() }
    }

    var isClosed: Bool {
        if case .closed = state { return true }
        return false
    }

    /// Makes room in the pool for another connection.
    func release() {
        guard !isReleased else { return }
        isReleased = true
        pool.release(self)
    }

    private func close() {
        state = .closed
        release()
        context?.close(promise: nil)
    }

    // MARK: The channel's side

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func read(context: ChannelHandlerContext) {
        if isReadingPaused { isReadPending = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Bytes that answer nothing: no request may be sent here any more.
        guard case .busy(let exchange) = state else { return closeIdle() }
        reader.append(unwrapInboundIn(data))
        do throws(UpstreamFailure) {
            while case .busy = state, let part = try reader.next() { deliver(part, to: exchange) }
        } catch {
            fail(error)
        }
    }

    private func deliver(_ part: ResponseReader.Part, to exchange: any UpstreamExchange) {
        switch part {
        case .interim: break  // the router has told the client to continue by itself
        case .head(let head):
            isAnswered = true
            node.exchangeSucceeded()
            exchange.upstreamAnswered(head)
        case .body(let piece): exchange.upstreamSent(piece)
        case .end: finish(exchange)
        }
    }

    private func finish(_ exchange: any UpstreamExchange) {
        node.requestEnded()
        isReadingPaused = false
        if isRequestComplete, reader.keepAlive, !reader.hasLeftOver, !isBroken {
            state = .idle
            idleSince = pool.now
            pool.keep(self)
        } else {
            close()
        }
        exchange.upstreamFinished()
        if isReadPending {
            isReadPending = false
            context?.read()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .busy(let exchange) = state { exchange.upstreamPaused() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .busy(let exchange) = state { exchange.upstreamWritabilityChanged(context.channel.isWritable) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isBroken = true
        closeIdle()
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch state {
        case .idle: close()
        case .busy(let exchange):
            if reader.close(), !isBroken { return finish(exchange) }
            fail(.disconnected)
        case .closed: break
        }
    }

    private func fail(_ failure: UpstreamFailure) {
        guard case .busy(let exchange) = state else { return }
        node.requestEnded()
        if !isAnswered { pool.exchangeFailed(node) }
        close()
        exchange.upstreamFailed(failure)
    }
}
