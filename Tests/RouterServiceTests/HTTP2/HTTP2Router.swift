import Geography
import NIOCore
import NIOPosix
import ServiceLogs

@testable import RouterService

/// The router's HTTP/2 on a listener without TLS, in front of two geos: what TLS adds is tested beside TLS.
struct HTTP2Router: Sendable {
    let address: SocketEndpoint
    let nodes: TwoGeos
    let shared: RouterShared
    let log: CapturedLog
    private let loops: RouterLoops

    static func serve(
        limits change: (inout RouterLimits) -> Void = { _ in },
        onHead: @escaping @Sendable (ReceivedRequest) -> NodeAnswer? = { _ in nil },
        answer: @escaping @Sendable (String, ReceivedRequest) -> NodeAnswer = { geo, _ in .ok(geo) },
        _ body: @Sendable (HTTP2Router) async throws -> Void
    ) async throws {
        let eu = try await RecordingNode.start(onHead: onHead, answer: { answer("eu", $0) })
        let us = try await RecordingNode.start(onHead: onHead, answer: { answer("us", $0) })
        var limits = RouterLimits()
        change(&limits)
        let configuration = RouterConfiguration(
            topology: try TestTopology.make([("eu", [eu.endpoint]), ("us", [us.endpoint])]),
            listen: SocketEndpoint(host: "127.0.0.1", port: 0), log: LogSettings(format: .json, level: .trace), limits: limits)
        let log = CapturedLog()
        let shared = RouterShared(
            configuration: configuration, logger: configuration.log.logger(label: "portolan.router", sink: log),
            identity: nil)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loops = try await RouterLoops(group: group, configuration: configuration, shared: shared)
        let channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try begin(channel, loops: loops) } }
            .bind(host: "127.0.0.1", port: 0).get()
        let router = HTTP2Router(
            address: SocketEndpoint(host: "127.0.0.1", port: channel.localAddress?.port ?? 0), nodes: TwoGeos(eu: eu, us: us),
            shared: shared, log: log, loops: loops)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(router)) } catch { outcome = .failure(error) }
        try? await channel.close()
        await loops.drain(within: .zero)
        try await group.shutdownGracefully()
        await eu.stop()
        await us.stop()
        try outcome.get()
    }

    private static func begin(_ channel: any Channel, loops: RouterLoops) throws {
        guard let loop = loops.loop(of: channel.eventLoop) else { return }
        let client = ClientAddress(channel.remoteAddress)
        let connection = try HTTP2.configure(channel, loop: loop, client: client, scheme: "http") { stream in
            ClientConnection(loop: loop, stream: stream, client: client)
        }
        if !loop.admit(connection) { channel.close(promise: nil) }
    }

    /// A client that has said what clients say first.
    func connect(window: Int = HTTP2Client.largestWindow) async throws -> HTTP2Client {
        let client = try await connectSilently()
        try await client.open(window: window)
        return client
    }

    /// A client that has said nothing yet.
    func connectSilently() async throws -> HTTP2Client { HTTP2Client(connection: try await TestClient.connect(to: address)) }

    func drain(within time: TimeAmount) async { await loops.drain(within: time) }
}
