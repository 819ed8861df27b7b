import Geography
import NIOCore
import NIOPosix

/// Another region's ingress: keeps the bytes of its connections and says what a test tells it to say.
final class RecordingIngress: Sendable {
    struct Record: Sendable {
        var bytes: [UInt8] = []
        var channel: (any Channel)?
        var isInputClosed = false
        var isClosed = false
    }

    let record = Watched(Record())
    let endpoint: SocketEndpoint
    private let listener: any Channel

    static func start(reads: Bool = true) async throws -> RecordingIngress {
        let box = Watched<Watched<Record>?>(nil)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.autoRead, value: reads)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let record = box.value else { return }
                    record.update { $0.channel = channel }
                    try channel.pipeline.syncOperations.addHandler(IngressHandler(record: record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let ingress = RecordingIngress(listener)
        box.update { $0 = ingress.record }
        return ingress
    }

    private init(_ listener: any Channel) {
        self.listener = listener
        endpoint = SocketEndpoint(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
    }

    func receive(_ count: Int) async throws -> [UInt8] {
        try await record.value { $0.bytes.count >= count ? $0.bytes : nil }
    }

    func send(_ text: String) async throws {
        let channel = try await record.value { $0.channel }
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func closeOutput() async throws { try await record.value { $0.channel }.close(mode: .output) }

    func stop() async { try? await listener.close() }
}

private final class IngressHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let record: Watched<RecordingIngress.Record>

    init(record: Watched<RecordingIngress.Record>) { self.record = record }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        record.update { $0.bytes.append(contentsOf: bytes.readableBytesView) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { record.update { $0.isInputClosed = true } }
    }

    func channelInactive(context: ChannelHandlerContext) { record.update { $0.isClosed = true } }
}
