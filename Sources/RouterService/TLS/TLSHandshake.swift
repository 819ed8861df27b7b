import NIOCore
import NIOSSL
import NIOTLS

/// Waits behind the TLS handler until the handshake is complete, and begins the protocol that was agreed on.
final class TLSHandshake: ChannelInboundHandler, RemovableChannelHandler, LoopConnection {
    typealias InboundIn = ByteBuffer

    let loop: RouterLoop
    let served: ServedHosts
    let client: ClientAddress
    private(set) var deadline: NIODeadline
    private var context: ChannelHandlerContext?
    private var isRefused = false

    init(loop: RouterLoop, served: ServedHosts, client: ClientAddress) {
        self.loop = loop
        self.served = served
        self.client = client
        deadline = loop.now + loop.limits.headerTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let name)? = event as? TLSUserEvent {
            begin(name.flatMap { ApplicationProtocol(rawValue: $0) } ?? .http11, context: context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        refuse(.handshakeFailed)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        loop.dismiss(self)
        context.fireChannelInactive()
    }

    private func begin(_ agreed: ApplicationProtocol, context: ChannelHandlerContext) {
        do {
            loop.replace(self, by: try agreed.begin(after: self, in: context.channel))
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }

    private func refuse(_ reason: TLSRefusal) {
        if !isRefused { loop.metrics.refused(reason).add() }
        isRefused = true
    }

    func deadlinePassed() {
        refuse(.handshakeTimeout)
        abort()
    }

    func drain() { abort() }

    func abort() { context?.channel.closeWithoutTLSGoodbye() }
}

extension Channel {
    /// Closes below TLS: the peer is not told that all was said, because it was not.
    func closeWithoutTLSGoodbye() {
        guard let secured = try? pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self) else {
            return close(promise: nil)
        }
        secured.close(promise: nil)
    }
}
