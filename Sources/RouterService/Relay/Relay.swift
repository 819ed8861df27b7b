import Geography
import NIOCore
import NIOPosix

/// A client's connection that is passed on unread to the ingress of the geo that it asked for.
///
/// This router has no key for it: what passes here are the client's bytes as they came, and the ingress's.
final class Relay: LoopConnection {
    private(set) lazy var clientEnd = RelayEnd(relay: self, received: counters.fromClients)
    private let loop: RouterLoop
    private let ingress: RelayIngress
    private let channel: any Channel
    let client: ClientAddress
    private let counters: RelayCounters
    private var ingressEnd: RelayEnd?
    private(set) var deadline = NIODeadline.distantFuture

    init(loop: RouterLoop, ingress: RelayIngress, channel: any Channel, client: ClientAddress) {
        self.channel = channel
        self.loop = loop
        self.ingress = ingress
        self.client = client
        counters = loop.metrics.geo(ingress.geo).relay
    }

    /// - Parameters:
    ///   - bytes: everything that the client sent so far.
    ///   - ends: between whom the client's connection is.
    func connect(sendingFirst bytes: ByteBuffer, from ends: ConnectionEnds) {
        RelayTuning.apply(to: channel)
        let end = RelayEnd(relay: self, received: counters.toClients)
        let bound = NIOLoopBound(end, eventLoop: loop.eventLoop)
        ClientBootstrap(group: loop.eventLoop)
            .connectTimeout(loop.limits.upstreamConnectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    RelayTuning.apply(to: channel)
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(to: ingress.address)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success: self.connected(end, sendingFirst: bytes, from: ends)
                case .failure: self.ingressUnavailable()
                }
            }
    }

    private func connected(_ end: RelayEnd, sendingFirst bytes: ByteBuffer, from ends: ConnectionEnds) {
        guard channel.isActive else { return end.reset() }
        counters.connections.add()
        counters.fromClients.add(bytes.readableBytes)
        ingressEnd = end
        extendDeadline()
        var first = ingress.wantsProxyHeader ? ProxyHeader(ends).bytes : ByteBuffer()
        first.writeImmutableBuffer(bytes)
        end.send(first)
        clientEnd.join(end)
    }

    private func ingressUnavailable() {
        loop.metrics.refused(.ingressUnavailable).add()
        loop.logger.warning("ingress cannot be reached", metadata: ["geo": .string(ingress.geo.value)])
        if let alert = TLSRefusal.ingressUnavailable.alert { clientEnd.send(alert.record) }
        clientEnd.closeAfterWrites()
    }

    // MARK: What the ends tell

    /// The time that is at most one sweep old will do; a relay must not ask the clock for each read.
    func extendDeadline() { deadline = loop.now + loop.limits.relayIdleTimeout }

    /// When both sides said all they had, the connection is over.
    func inputClosed() {
        guard clientEnd.isInputClosed, ingressEnd?.isInputClosed == true else { return }
        clientEnd.closeAfterWrites()
        ingressEnd?.closeAfterWrites()
    }

    /// One end failed: the other must not look as if it had come to its end.
    func breakOff() {
        ingressEnd?.reset()
        clientEnd.reset()
    }

    func ended(_ end: RelayEnd) {
        if end === clientEnd {
            loop.dismiss(self)
            ingressEnd?.closeAfterWrites()
        } else {
            clientEnd.closeAfterWrites()
        }
    }

    // MARK: What the loop tells

    func deadlinePassed() { breakOff() }

    /// Nothing here can tell whether a request is under way, so the connection is left alone until the time is up.
    func drain() {}

    func abort() { breakOff() }
}
