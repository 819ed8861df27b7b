import NIOCore

/// One of the two ends of a relayed connection: what it reads, the other end writes, at the speed of the slower one.
///
/// Lives on one event loop with the other end.
final class RelayEnd: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var relay: Relay?
    /// Counts what this end reads.
    private let received: Counter
    private var partner: RelayEnd?
    private var context: ChannelHandlerContext?
    /// What was read before there was somebody to write it: the rest of the burst in which the ClientHello came. Reading pauses behind it.
    private var early = ByteBuffer()
    private var isReadPending = false
    private(set) var isInputClosed = false

    init(relay: Relay, received: Counter) {
        self.relay = relay
        self.received = received
    }

    /// Reading begins when there is somebody to write; what came before goes first.
    func join(_ other: RelayEnd) {
        partner = other
        other.partner = self
        passOnWhatCameEarly()
        other.passOnWhatCameEarly()
        resumeReading()
        other.resumeReading()
    }

    func send(_ bytes: ByteBuffer) { context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil) }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        partner = nil
        // The relay and its ends hold each other; a closed end lets go.
        relay = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.add(unwrapInboundIn(data).readableBytes)
        relay?.extendDeadline()
        guard let partner else {
            early.writeImmutableBuffer(unwrapInboundIn(data))
            return
        }
        // Written at once: the socket mostly takes it, and then the memory is used again for the next read.
        partner.context?.writeAndFlush(data, promise: nil)
    }

    func read(context: ChannelHandlerContext) {
        if partner?.isWritable == true { context.read() } else { isReadPending = true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        relay?.extendDeadline()
        partner?.resumeReading()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return }
        isInputClosed = true
        partner?.closeOutput()
        relay?.inputClosed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { relay?.breakOff() }

    func channelInactive(context: ChannelHandlerContext) {
        relay?.ended(self)
    }

    private func closeOutput() { context?.close(mode: .output, promise: nil) }

    /// Closes when what was written is sent.
    func closeAfterWrites() {
        guard let context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(promise: nil) }
    }

    func reset() {
        context?.channel.resetOnClose()
        context?.close(promise: nil)
    }

    private func passOnWhatCameEarly() {
        if early.readableBytes > 0 { partner?.send(early) }
        early = ByteBuffer()
        if isInputClosed { partner?.closeOutput() }
    }

    private var isWritable: Bool { context?.channel.isWritable == true }

    private func resumeReading() {
        guard isReadPending, partner?.isWritable == true else { return }
        isReadPending = false
        context?.read()
    }
}
