import Geography
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceProcess

/// The sockets that a router listens on: for clients, for clients that come in plain HTTP, for its operator.
struct Listeners: Sendable {
    private let service: any Channel
    private let redirect: (any Channel)?
    private let admin: (any Channel)?
    let addresses: RouterAddresses

    init(
        configuration: RouterConfiguration, group: MultiThreadedEventLoopGroup, loops: RouterLoops, pages: AdminPages,
        certificates: ServerCertificates?, logger: Logger
    ) async throws {
        let proxies = configuration.trustedProxies
        var entrance = Entrance.plain
        if let tls = configuration.tls, let certificates { entrance = .tls(TLSServices(tls, certificates: certificates)) }
        let clients = entrance
        service = try await Self.bind(configuration.listen, key: "listen", group: group, logger: logger) { channel in
            try Self.configureClient(channel, loops: loops, entrance: clients, proxies: proxies)
        }
        redirect = try await Self.bindWhereAsked(
            configuration.redirectListen, key: "redirect_listen", group: group, logger: logger
        ) { channel in
            try Self.configureClient(channel, loops: loops, entrance: .redirect, proxies: proxies)
        }
        admin = try await Self.bindWhereAsked(configuration.adminListen, key: "admin_listen", group: group, logger: logger) {
            channel in
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
            try channel.pipeline.syncOperations.addHandler(AdminHandler(pages: pages))
        }
        addresses = RouterAddresses(
            service: Self.endpoint(of: service, asked: configuration.listen),
            admin: Self.endpoint(of: admin, asked: configuration.adminListen),
            redirect: Self.endpoint(of: redirect, asked: configuration.redirectListen))
    }

    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = ["listen": .stringConvertible(addresses.service)]
        if let redirect = addresses.redirect { metadata["redirect_listen"] = .stringConvertible(redirect) }
        if let admin = addresses.admin { metadata["admin_listen"] = .stringConvertible(admin) }
        return metadata
    }

    func closeService() async {
        try? await service.close()
        try? await redirect?.close()
    }

    func closeAdmin() async { try? await admin?.close() }

    /// - Parameter proxies: the peers that have to send a PROXY header first.
    private static func configureClient(
        _ channel: any Channel, loops: RouterLoops, entrance: Entrance, proxies: TrustedProxies
    ) throws {
        guard let loop = loops.loop(of: channel.eventLoop) else { return channel.close(promise: nil) }
        let owesProxyHeader = !proxies.isEmpty && proxies.contains(channel.remoteAddress)
        if case .plain = entrance, !owesProxyHeader {
            return try channel.pipeline.syncOperations.addHandler(ClientConnection(loop: loop))
        }
        try channel.pipeline.syncOperations.addHandler(
            ConnectionOpening(loop: loop, entrance: entrance, owesProxyHeader: owesProxyHeader))
    }

    private static func bindWhereAsked(
        _ endpoint: SocketEndpoint?, key: String, group: MultiThreadedEventLoopGroup, logger: Logger,
        configure: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> (any Channel)? {
        guard let endpoint else { return nil }
        let channel: any Channel = try await bind(endpoint, key: key, group: group, logger: logger, configure: configure)
        return channel
    }

    private static func bind(
        _ endpoint: SocketEndpoint, key: String, group: MultiThreadedEventLoopGroup, logger: Logger,
        configure: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause(logger: logger), position: .first)
                }
            }
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

    private static func endpoint(of channel: (any Channel)?, asked: SocketEndpoint?) -> SocketEndpoint? {
        guard let channel, let asked else { return nil }
        return endpoint(of: channel, asked: asked)
    }
}
