import Foundation
import Geography
import NIOCore
import NIOSSL
import NIOTLS

/// Stands behind the TLS handler of a connection inside and lets nothing pass before the peer has proven its id.
///
/// Lives on the event loop of its channel.
final class PeerIdentityCheck: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State { case waiting, proven, refused }

    private let expected: SPIFFEID
    private let tls: NIOSSLHandler
    private let verdict: EventLoopPromise<Void>
    private let timeout: TimeAmount
    private var state = State.waiting
    private var deadline: Scheduled<Void>?

    /// - Parameters:
    ///   - timeout: from the connection's start to the end of the handshake.
    ///   - verdict: hears once whether the peer is who it must be; fails with ``IdentityError``.
    init(expected: SPIFFEID, tls: NIOSSLHandler, timeout: TimeAmount, verdict: EventLoopPromise<Void>) {
        self.expected = expected
        self.tls = tls
        self.timeout = timeout
        self.verdict = verdict
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (check, context) = bound.value
            check.refuse(.timedOut, context: context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { settle(.handshakeFailed("the connection was closed")) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .waiting = state, case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            // Time is looked at once more: a session that is resumed is not verified again.
            guard let peer = tls.peerCertificate, peer.proves(expected), peer.notValidAfter > time(nil) else {
                return refuse(.wrongPeer(expected: expected.description), context: context)
            }
            state = .proven
            deadline?.cancel()
            verdict.succeed()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .proven = state { context.fireChannelRead(data) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case .waiting = state else { return context.fireErrorCaught(error) }
        refuse(.handshakeFailed("\(error)"), context: context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        settle(.handshakeFailed("the peer closed the connection"))
        context.fireChannelInactive()
    }

    private func refuse(_ error: IdentityError, context: ChannelHandlerContext) {
        guard case .waiting = state else { return }
        settle(error)
        context.close(mode: .all, promise: nil)
    }

    private func settle(_ error: IdentityError) {
        guard case .waiting = state else { return }
        state = .refused
        deadline?.cancel()
        verdict.fail(error)
    }
}
