import BorderCorpus
import Geography
import NIOCore
import NIOPosix

/// A node that answers a request for `/answer-N` with the bytes of the case N, and every other request properly with its own target.
final class HostileNode: Sendable {
    let endpoint: SocketEndpoint
    private let channel: any Channel

    private init(channel: any Channel) {
        self.channel = channel
        endpoint = SocketEndpoint(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
    }

    static func start(_ cases: [AnswerCase]) async throws -> HostileNode {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HostileHandler(cases: cases))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return HostileNode(channel: channel)
    }

    func stop() async { try? await channel.close() }
}

/// Takes each head that comes for a request; the requests have no bodies.
private final class HostileHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let cases: [AnswerCase]
    private var received: [UInt8] = []

    init(cases: [AnswerCase]) { self.cases = cases }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        for request in StrictReading(received).requests {
            received = []
            answer(request, context: context)
        }
    }

    private func answer(_ request: StrictReading.Request, context: ChannelHandlerContext) {
        guard request.target.hasPrefix("/answer-"), let number = Int(request.target.dropFirst(8)) else {
            let body = "own \(request.target)"
            let text = "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            return context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }
        let bytes = wrapOutboundOut(ByteBuffer(bytes: cases[number].bytes))
        guard cases[number].closes else { return context.writeAndFlush(bytes, promise: nil) }
        context.writeAndFlush(bytes).assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
}
