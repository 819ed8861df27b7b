import Geography
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import ServiceProcess

/// The border between geos: a reverse proxy that sends each request to the geo that its host names, and to no other.
///
/// It keeps nothing on disk and knows no developer.
///
/// ```swift
/// let configuration = try RouterConfiguration(contentsOf: "router.yaml")
/// try await Router(configuration, logger: configuration.log.logger(label: "portolan.router")).run()
/// ```
public struct Router: Service {
    private let configuration: RouterConfiguration
    private let logger: Logger
    private let identity: RouterIdentity?
    private let certificates: ServerCertificates?
    private var topology: TopologySource?
    private let supervisor: Supervisor
    private let onListening: @Sendable (RouterAddresses) -> Void

    /// Reads the files of certificates and of the router's own identity.
    ///
    /// - Parameters:
    ///   - topology: where the topology is read again while the router runs; nil for never.
    ///   - supervisor: told when the router serves, lives, reads again and stops.
    ///   - onListening: called once, when the router takes requests.
    /// - Throws: `ConfigurationError` naming the file that cannot be used.
    public init(
        _ configuration: RouterConfiguration, logger: Logger, topology: TopologySource? = nil, supervisor: Supervisor = .none,
        onListening: @escaping @Sendable (RouterAddresses) -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        self.logger = logger
        self.topology = topology
        self.supervisor = supervisor
        self.onListening = onListening
        identity = try RouterIdentity(configuration, logger: logger)
        certificates = try configuration.tls.map { try ServerCertificates($0, topology: configuration.topology) }
    }

    /// This router with a source from which it reads the topology again.
    func reading(_ topology: TopologySource) -> Router {
        var router = self
        router.topology = topology
        return router
    }

    /// What an operator should know of the certificates, one sentence each.
    var warnings: [String] { certificates?.warnings ?? [] }

    /// Serves until the service group stops gracefully or the task is cancelled.
    ///
    /// A graceful stop closes the listener, lets requests in flight end within the configured time, and then returns.
    /// A cancelled task breaks them off.
    ///
    /// - Throws: ``RouterError/cannotListen(_:key:reason:)``.
    public func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.loops)
        do {
            try await serve(on: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func serve(on group: MultiThreadedEventLoopGroup) async throws {
        for warning in warnings { logger.warning("\(warning)") }
        let shared = RouterShared(configuration: configuration, logger: logger, identity: identity)
        warnOfPlainInside()
        let watches = [
            Task { await identity?.identity.watch() }, Task { await certificates?.watch(logger: logger) },
        ]
        defer { for watch in watches { watch.cancel() } }
        let loops = try await RouterLoops(group: group, configuration: configuration, shared: shared)
        let pages = AdminPages(metrics: shared.metrics, plan: shared.plan, identity: identity, certificates: certificates)
        let listeners = try await Listeners(
            configuration: configuration, group: group, loops: loops, pages: pages, certificates: certificates, logger: logger)
        let health = try await startHealthMonitor(on: group.next(), shared: shared)
        pages.becomeReady()
        logger.info("router listens", metadata: listeners.metadata)
        onListening(listeners.addresses)
        supervisor.tell(.ready)

        let reload = TopologyReload(
            shared: shared, loops: loops, health: health, certificates: certificates, supervisor: supervisor)
        let tasks = [
            Task { if let topology { await reload.run(topology) } },
            Task { await supervisor.keepAlive { try await loops.answer() } },
        ]
        let isGraceful = (try? await gracefulShutdown()) != nil
        for task in tasks { task.cancel() }
        supervisor.tell(.stopping)
        pages.beginToStop()
        logger.info("router stops", metadata: ["in_flight": .stringConvertible(shared.metrics.requestsInFlight.value)])
        await listeners.closeService()
        await loops.drain(within: isGraceful ? configuration.limits.shutdownTimeout : .zero)
        await listeners.closeAdmin()
        health.eventLoop.execute { health.value.stop() }
        logger.info("router stopped")
    }

    private func warnOfPlainInside() {
        let nodes = configuration.topology.geos.flatMap(\.nodes)
        guard identity == nil, !nodes.allSatisfy(\.service.isLoopback) else { return }
        logger.warning(
            "nodes are on other machines and spoken to in plain TCP: nothing protects what is sent; set `identity`")
    }

    private func startHealthMonitor(on eventLoop: any EventLoop, shared: RouterShared) async throws -> NIOLoopBound<HealthMonitor>
    {
        let limits = configuration.limits
        return try await eventLoop.submit {
            let monitor = HealthMonitor(
                nodes: shared.plan.value.nodes.all, limits: limits, conditions: shared.conditions, eventLoop: eventLoop)
            monitor.start()
            return NIOLoopBound(monitor, eventLoop: eventLoop)
        }.get()
    }
}
