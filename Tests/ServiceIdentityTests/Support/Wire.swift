import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Counts what reached the application, and gives it back where asked to.
final class Listener: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let heard: Heard
    private let echoes: Bool

    init(_ heard: Heard, echoes: Bool) {
        self.heard = heard
        self.echoes = echoes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        heard.add(String(buffer: bytes))
        if echoes { context.writeAndFlush(wrapOutboundOut(bytes), promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// What was heard on a connection or at a server.
final class Heard: Sendable {
    private struct State {
        var text = ""
        var waiting: [(String, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var text: String { state.withLock { $0.text } }

    func add(_ piece: String) {
        let ready = state.withLock { state in
            state.text += piece
            let ready = state.waiting.filter { state.text.hasSuffix($0.0) }
            state.waiting.removeAll { state.text.hasSuffix($0.0) }
            return ready
        }
        for (_, continuation) in ready { continuation.resume() }
    }

    /// Waits until what was heard ends like this.
    func wait(for end: String) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.text.hasSuffix(end) { return true }
                state.waiting.append((end, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

/// Servers and clients of one test over real sockets.
enum Wire {
    static let group = MultiThreadedEventLoopGroup.singleton

    /// - Parameter configure: puts TLS into each new connection's pipeline.
    static func serve(
        heard: Heard, _ configure: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try configure(channel)
                    try channel.pipeline.syncOperations.addHandler(Listener(heard, echoes: true))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    static func connect(
        to server: any Channel, heard: Heard, _ configure: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> any Channel {
        try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try configure(channel)
                    try channel.pipeline.syncOperations.addHandler(Listener(heard, echoes: false))
                }
            }
            .connect(host: "127.0.0.1", port: server.localAddress?.port ?? 0).get()
    }

    static func say(_ text: String, on channel: any Channel) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }
}
