import Geography
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// The two sockets that a router listens on: one for clients, one for its operator.
struct Listeners: Sendable {
    private let service: any Channel
    private let admin: (any Channel)?
    let addresses: RouterAddresses

    init(
        configuration: RouterConfiguration, group: MultiThreadedEventLoopGroup, loops: RouterLoops, pages: AdminPages
    ) async throws {
        service = try await Self.bind(configuration.listen, key: "listen", group: group) { channel in
            try Self.configureClient(channel, loops: loops)
        }
        let serviceAddress = Self.endpoint(of: service, asked: configuration.listen)
        guard let asked = configuration.adminListen else {
            admin = nil
            addresses = RouterAddresses(service: serviceAddress, admin: nil)
            return
        }
        let admin = try await Self.bind(asked, key: "admin_listen", group: group) { channel in
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
            try channel.pipeline.syncOperations.addHandler(AdminHandler(pages: pages))
        }
        self.admin = admin
        addresses = RouterAddresses(service: serviceAddress, admin: Self.endpoint(of: admin, asked: asked))
    }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["listen": .stringConvertible(addresses.service)]
        if let admin = addresses.admin { metadata["admin_listen"] = .stringConvertible(admin) }
        return metadata
    }

    func closeService() async { try? await service.close() }

    func closeAdmin() async { try? await admin?.close() }

    private static func configureClient(_ channel: any Channel, loops: RouterLoops) throws {
        guard let loop = loops.loop(of: channel.eventLoop) else { return channel.close(promise: nil) }
        try channel.pipeline.syncOperations.addHandler(ClientConnection(loop: loop))
    }

    private static func bind(
        _ endpoint: SocketEndpoint, key: String, group: MultiThreadedEventLoopGroup,
        configure: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try configure(channel) } }
        do {
            return try await bootstrap.bind(host: endpoint.host, port: endpoint.port).get()
        } catch {
            throw RouterError.cannotListen(endpoint, key: key, reason: "\(error)")
        }
    }

    private static func endpoint(of channel: any Channel, asked: SocketEndpoint) -> SocketEndpoint {
        SocketEndpoint(host: channel.localAddress?.ipAddress ?? asked.host, port: channel.localAddress?.port ?? asked.port)
    }
}
