import Geography
import NIOCore
import NIOPosix

/// A client that sends exactly the bytes that a test gives it.
final class TestClient: Sendable {
    struct Inbox: Sendable {
        var bytes: [UInt8] = []
        var received = 0
        var isClosed = false
        var wasReset = false
    }

    let inbox: Watched<Inbox>
    private let channel: any Channel

    private init(inbox: Watched<Inbox>, channel: any Channel) {
        self.inbox = inbox
        self.channel = channel
    }

    /// - Parameters:
    ///   - reads: false for a client that takes nothing from its socket until ``beginReading()``.
    ///   - sendsOn: true for a client that may go on sending when the other side has ended.
    static func connect(to endpoint: SocketEndpoint, reads: Bool = true, sendsOn: Bool = false) async throws -> TestClient {
        let inbox = Watched(Inbox())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelOption(.allowRemoteHalfClosure, value: sendsOn)
            .channelOption(.socketOption(.so_rcvbuf), value: 64 * 1024)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox: inbox))
                }
            }
            .connect(host: endpoint.host, port: endpoint.port).get()
        return TestClient(inbox: inbox, channel: channel)
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    /// Sends bytes piece by piece, each when the system took the one before, and counts what it took.
    func flood(bytes: Int, sent: Watched<Int>) async throws {
        let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 64 * 1024)
        var rest = bytes
        while rest > 0 {
            let length = min(rest, piece.readableBytes)
            try await channel.writeAndFlush(piece.getSlice(at: piece.readerIndex, length: length) ?? piece)
            sent.update { $0 += length }
            rest -= length
        }
    }

    func beginReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    /// The next answer, interim ones too.
    func answer(toHead: Bool = false) async throws -> Answer {
        try await inbox.value { inbox in
            try Answer.take(from: &inbox.bytes, isClosed: inbox.isClosed, toHead: toHead)
        }
    }

    /// Waits until the received bytes that no answer took contain a text.
    func receive(_ text: String) async throws {
        try await inbox.value { inbox in inbox.bytes.firstRange(of: Array(text.utf8)) == nil ? nil : () }
    }

    /// Waits until the other side ended the connection, and returns what came after the last answer.
    func rest() async throws -> String {
        try await inbox.value { inbox in inbox.isClosed ? String(decoding: inbox.bytes, as: UTF8.self) : nil }
    }

    var isOpen: Bool { !inbox.value.isClosed }

    func close() async throws { try? await channel.close() }

    func closeOutput() async throws { try await channel.close(mode: .output) }
}

/// Puts what comes from a socket into a watched inbox.
private final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Watched<TestClient.Inbox>

    init(inbox: Watched<TestClient.Inbox>) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        inbox.update { inbox in
            inbox.bytes.append(contentsOf: bytes.readableBytesView)
            inbox.received += bytes.readableBytes
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { inbox.update { $0.isClosed = true } }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.update { $0.wasReset = true }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { inbox.update { $0.isClosed = true } }
}
