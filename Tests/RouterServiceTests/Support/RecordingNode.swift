import Geography
import NIOCore
import NIOHTTP1
import NIOPosix

/// A node that writes down exactly what it is sent, and answers as a test says.
///
/// It reads requests with the same library as a real node, so that a difference between that library's reading and the
/// router's would show.
final class RecordingNode: Sendable {
    struct Record: Sendable {
        var requests: [ReceivedRequest] = []
        /// Every byte, by the connection's number.
        var bytes: [Int: [UInt8]] = [:]
        /// How often the HTTP library could not read what came.
        var unreadable = 0
        var connections = 0
        var closed = 0
    }

    let record: Watched<Record>
    let endpoint: SocketEndpoint
    private let channel: any Channel

    private init(channel: any Channel, record: Watched<Record>) {
        self.channel = channel
        self.record = record
        endpoint = SocketEndpoint(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
    }

    /// - Parameters:
    ///   - port: 0 for a free one.
    ///   - onHead: an answer before the body came; nil leaves it to `answer`.
    ///   - answer: called for each complete request.
    static func start(
        port: Int = 0, onHead: @escaping @Sendable (ReceivedRequest) -> NodeAnswer? = { _ in nil },
        answer: @escaping @Sendable (ReceivedRequest) -> NodeAnswer = { _ in .ok("hello") }
    ) async throws -> RecordingNode {
        let record = Watched(Record())
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.so_sndbuf), value: 64 * 1024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = record.update { record in
                        record.connections += 1
                        return record.connections
                    }
                    let connection = NodeConnection(number: number, channel: channel)
                    try channel.pipeline.syncOperations.addHandlers([
                        NodeTap(record: record, number: connection.number),
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        NodeHandler(record: record, connection: connection, onHead: onHead, answer: answer),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        return RecordingNode(channel: channel, record: record)
    }

    var requests: [ReceivedRequest] { record.value.requests }

    /// Waits for the request of a number, counted from zero, with its whole body where asked for.
    func request(_ index: Int = 0, complete: Bool = true) async throws -> ReceivedRequest {
        try await record.value { record in
            guard record.requests.count > index, record.requests[index].isComplete || !complete else { return nil }
            return record.requests[index]
        }
    }

    /// Everything that the router sent on one connection.
    func received(on connection: Int) -> String { String(decoding: record.value.bytes[connection] ?? [], as: UTF8.self) }

    /// Stops listening; connections stay.
    func stop() async { try? await channel.close() }
}
