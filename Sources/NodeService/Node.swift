import Accounts
import Geography
import Logging
import Mail
import NIOPosix
import SQLiteStore
import ServiceLifecycle
import ServiceProcess

/// One geo's node: the only place that knows all the parts, and puts them together.
public struct Node: Sendable {
    private let configuration: NodeConfiguration
    private let logger: Logger
    private let store: SQLiteStore
    private let hasher: ScryptPasswordHasher
    private let flows: AccountFlows
    /// In the order in which they start; they stop in the reverse one.
    private let services: [any Service]

    /// Opens the geo's store and prepares everything; nothing listens yet.
    ///
    /// - Parameter supervisor: told when the node serves, lives and stops.
    /// - Throws: `SQLiteStoreError` for a store that is not this geo's, or that another process uses.
    public init(configuration: NodeConfiguration, logger: Logger, supervisor: Supervisor = .none) throws {
        self.configuration = configuration
        self.logger = logger
        let clock = SystemClock()
        let identity = try NodeIdentity(configuration, logger: logger)
        let store = try SQLiteStore.open(at: configuration.dataFolder, geo: configuration.geo, clock: clock, logger: logger)
        let hasher = ScryptPasswordHasher(cost: configuration.passwords.cost, limits: configuration.passwords.limits)
        let mailsUnderWay = MailsUnderWay()
        let flows = AccountFlows(
            geo: configuration.geo, topology: configuration.topology, store: store, hasher: hasher, clock: clock,
            secret: store.derivedKey(for: "accounts"), policy: configuration.policy,
            specifications: DocumentReader(maximumBytes: configuration.policy.documentBytes), mailWriter: AccountMailWriter(),
            providers: configuration.signOn.providers(clock: clock, logger: logger), mailsUnderWay: mailsUnderWay)
        self.flows = flows
        self.store = store
        self.hasher = hasher
        let metrics = NodeMetrics()
        let page = NodeMetricsPage(
            geo: configuration.geo, metrics: metrics, store: store, hasher: hasher, identity: identity, clock: clock)
        let post = PostOffice(configuration, clock: clock, logger: logger)
        let faces = try Faces(
            geo: configuration.geo, topology: configuration.topology, flows: flows, mailbox: post.mailbox,
            formKey: store.derivedKey(for: "forms of pages"), renderedDocumentBytes: configuration.renderedDocumentBytes,
            clock: clock, logger: logger)
        let (listening, listens) = AsyncStream.makeStream(of: Void.self)
        let listeners = Listeners(
            configuration: configuration, identity: identity, logger: logger, onListening: { listens.yield() })
        var services: [any Service] = [
            post.delivery(
                of: CountedOutbox(base: store, metrics: metrics), looks: StoredMailLooks(store: store),
                underWay: mailsUnderWay),
            Housekeeping(
                retention: Retention(
                    store: store, clock: clock, policy: configuration.retention.policy,
                    throttle: configuration.policy.throttle),
                log: flows.auditLog, interval: configuration.retention.interval, logger: logger),
            listeners.health(
                HealthEndpoints(
                    isReady: { await store.isWritable() }, geo: configuration.geo.id.value, metrics: { await page.render() })),
            listeners.site(
                CountedResponder(
                    base: faces.responder, hosts: HostTable(configuration.topology), metrics: metrics, logger: logger)),
        ]
        if let identity { services.append(identity) }
        // The last: it is the first to stop, and so tells of the stop before anything is closed.
        services.append(
            Supervision(
                supervisor: supervisor, listening: listening, listeners: 2, identity: identity,
                loops: MultiThreadedEventLoopGroup.singleton))
        self.services = services
    }

    /// Serves until the process is told to stop; then requests in flight end, and the store is closed.
    public func run(endsWithStandardInput: Bool = false) async throws {
        var services = self.services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        if endsWithStandardInput {
            services.append(.init(service: StandardInputEnd(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: configuration.libraryLogger)
        group.maximumGracefulShutdownDuration = configuration.shutdownGrace
        do {
            try await flows.resume()
            try await ServiceGroup(configuration: group).run()
        } catch {
            try? await close()
            throw error
        }
        try await close()
        logger.info("the node has stopped", metadata: ["geo": "\(configuration.geo.id)"])
    }

    private func close() async throws {
        do {
            try await hasher.shutDown()
        } catch {
            try await store.close()
            throw error
        }
        try await store.close()
    }
}
