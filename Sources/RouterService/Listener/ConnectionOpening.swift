import NIOCore
import NIOSSL

/// What comes before a connection's first request: a PROXY header where the peer owes one, then a ClientHello where TLS is
/// spoken. When it has come, others take the connection over, with every byte that was not theirs to see yet.
///
/// ```
/// proxyHeader ──▶ clientHello ──▶ over: TLSHandshake or Relay
///      │               └──▶ refused: an alert, then silence
///      └──────────────────▶ over: ClientConnection
/// ```
final class ConnectionOpening: ChannelInboundHandler, RemovableChannelHandler, LoopConnection {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State {
        case proxyHeader(ByteBuffer)
        case clientHello(ClientHelloReader)
        /// The alert is sent; what the client still sends is dropped for a while, so that no reset takes it from the client.
        case refused
        case over
    }

    private let loop: RouterLoop
    private let entrance: Entrance
    private let owesProxyHeader: Bool
    private var state = State.over
    private var ends = ConnectionEnds()
    private(set) var client = ClientAddress(nil)
    private var context: ChannelHandlerContext?
    private(set) var deadline = NIODeadline.distantFuture

    init(loop: RouterLoop, entrance: Entrance, owesProxyHeader: Bool) {
        self.loop = loop
        self.entrance = entrance
        self.owesProxyHeader = owesProxyHeader
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        ends = ConnectionEnds(source: context.remoteAddress, destination: context.localAddress)
        // Behind a proxy nobody's connection yet: the limits per client are not the proxy's.
        if !owesProxyHeader { client = ends.client }
        guard loop.admit(self) else { return context.close(promise: nil) }
        if owesProxyHeader {
            state = .proxyHeader(ByteBuffer())
            deadline = loop.now + loop.limits.proxyHeaderTimeout
        } else {
            begin(with: ByteBuffer())
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .proxyHeader(var buffer):
            buffer.writeImmutableBuffer(unwrapInboundIn(data))
            readProxyHeader(buffer)
        case .clientHello(let reader):
            // Taken out of the state, so that the buffer has one owner and grows in place.
            state = .over
            readHello(reader, more: unwrapInboundIn(data))
        case .refused: break
        case .over: context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelInactive(context: ChannelHandlerContext) {
        loop.dismiss(self)
        context.fireChannelInactive()
    }

    // MARK: What is read

    private func readProxyHeader(_ bytes: ByteBuffer) {
        var buffer = bytes
        do throws(ProxyHeader.Malformed) {
            guard let header = try ProxyHeader.take(from: &buffer) else { return state = .proxyHeader(buffer) }
            let told = header.ends ?? ends
            guard loop.admitClient(told.client) else { return abort() }
            (ends, client) = (told, told.client)
            begin(with: buffer)
        } catch {
            refuse(.malformedProxyHeader)
        }
    }

    /// - Parameter bytes: what came behind the PROXY header.
    private func begin(with bytes: ByteBuffer) {
        switch entrance {
        case .plain: serve(.all, bytes)
        case .redirect: serve(.redirected, bytes)
        case .tls(let services):
            deadline = loop.now + loop.limits.clientHelloTimeout
            let reader = ClientHelloReader(limit: loop.limits.clientHelloBytes)
            state = .clientHello(reader)
            if bytes.readableBytes > 0 { readHello(reader, more: bytes, services: services) }
        }
    }

    private func readHello(_ reader: ClientHelloReader, more: ByteBuffer) {
        guard case .tls(let services) = entrance else { return }
        readHello(reader, more: more, services: services)
    }

    private func readHello(_ waiting: ClientHelloReader, more: ByteBuffer, services: TLSServices) {
        var reader = waiting
        reader.append(more)
        do throws(TLSRefusal) {
            guard let hello = try reader.next() else { return state = .clientHello(reader) }
            switch try services.service(for: hello, hosts: loop.routing.plan.hosts) {
            case .decrypted(let context, let served): try decrypt(context, served: served, hello: hello, bytes: reader.bytes)
            case .relayed(let ingress): relay(to: ingress, bytes: reader.bytes)
            }
        } catch {
            refuse(error)
        }
    }

    // MARK: Who takes over

    private func serve(_ served: ServedHosts, _ bytes: ByteBuffer) {
        let connection = ClientConnection(loop: loop, served: served, client: client)
        handOver(to: connection, [connection], bytes)
    }

    private func decrypt(_ context: NIOSSLContext, served: ServedHosts, hello: ClientHello, bytes: ByteBuffer) throws(TLSRefusal)
    {
        guard ApplicationProtocol.isAnyOffered(in: hello.applicationProtocols) else { throw .noApplicationProtocol }
        let handshake = TLSHandshake(loop: loop, served: served, client: client)
        handOver(to: handshake, [NIOSSLServerHandler(context: context), handshake], bytes)
    }

    private func relay(to ingress: RelayIngress, bytes: ByteBuffer) {
        guard let context else { return }
        let relay = Relay(loop: loop, ingress: ingress, channel: context.channel, client: client)
        handOver(to: relay, [relay.clientEnd], ByteBuffer())
        relay.connect(sendingFirst: bytes, from: ends)
    }

    private func handOver(to next: any LoopConnection, _ handlers: [any ChannelHandler], _ bytes: ByteBuffer) {
        guard let context else { return }
        state = .over
        loop.replace(self, by: next)
        do {
            try context.pipeline.syncOperations.addHandlers(handlers, position: .after(self))
        } catch {
            // The connection was closed meanwhile.
            return loop.dismiss(next)
        }
        if bytes.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(bytes))
            context.fireChannelReadComplete()
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    // MARK: Ends

    private func refuse(_ reason: TLSRefusal) {
        loop.metrics.refused(reason).add()
        state = .refused
        guard let alert = reason.alert else { return abort() }
        deadline = loop.now + loop.limits.lingerTimeout
        context?.channel.writeAndFlush(alert.record, promise: nil)
        context?.close(mode: .output, promise: nil)
    }

    func deadlinePassed() {
        switch state {
        case .proxyHeader: refuse(.proxyHeaderTimeout)
        case .clientHello: refuse(.helloTimeout)
        case .refused, .over: abort()
        }
    }

    func drain() { abort() }

    func abort() { context?.close(promise: nil) }
}
