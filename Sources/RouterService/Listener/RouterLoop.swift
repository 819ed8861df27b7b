import Geography
import Logging
import NIOCore

/// Everything that one event loop needs to route: nothing here is shared with another loop but counters and node conditions.
///
/// Not thread-safe: all calls come on the event loop.
final class RouterLoop {
    let eventLoop: any EventLoop
    let limits: RouterLimits
    let metrics: RouterMetrics
    let logger: Logger
    let accessLog: AccessLog?
    let clients: ClientLimiter?
    /// What the topology says; requests that began under another one keep their geo.
    private(set) var routing: RoutingTable

    private let pools: UpstreamPools
    private var ids: RequestIDMint
    private var connections: [ObjectIdentifier: any LoopConnection] = [:]
    /// Streams of HTTP/2 connections: looked after like connections, but not counted as ones.
    private var streams: [ObjectIdentifier: ClientConnection] = [:]
    private var sweep: RepeatedTask?
    private var whenEmpty: EventLoopPromise<Void>?
    private(set) var isDraining = false
    /// A time that is at most one sweep old: good enough for timeouts, and free.
    private(set) var now = NIODeadline.now()
    /// The time for `Date` fields.
    private(set) var date = HTTPDate.now()
    var headBuffers = HeadBuffers()

    init(eventLoop: any EventLoop, configuration: RouterConfiguration, shared: RouterShared) {
        self.eventLoop = eventLoop
        limits = configuration.limits
        metrics = shared.metrics
        logger = shared.logger
        clients = shared.clients
        accessLog = configuration.accessLog ? AccessLog(logger: shared.logger) : nil
        let pools = UpstreamPools(
            limits: UpstreamPoolLimits(configuration.limits, loops: configuration.loops), eventLoop: eventLoop, shared: shared)
        let plan = shared.plan.value
        routing = RoutingTable(plan, geos: pools.use(plan))
        self.pools = pools
        var random = SystemRandomNumberGenerator()
        ids = RequestIDMint(using: &random)
    }

    /// Begins to look after timeouts.
    func start() {
        let interval = limits.sweepInterval
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        sweep = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in bound.value.sweepOnce() }
    }

    func stop() {
        sweep?.cancel()
        pools.closeIdleConnections()
    }

    /// Whether people reach this installation by https.
    var isPublishedByHTTPS: Bool { routing.plan.topology.publicOrigin.scheme == .https }

    /// Routes the requests that begin from now on by another topology.
    func use(_ plan: RoutingPlan) { routing = RoutingTable(plan, geos: pools.use(plan)) }

    func mintID() -> RequestID { ids.mint() }

    private func sweepOnce() {
        now = .now()
        date = HTTPDate.now()
        for stream in streams.values where stream.deadline < now { stream.deadlinePassed() }
        for connection in connections.values where connection.deadline < now { connection.deadlinePassed() }
        pools.sweep(now: now)
    }

    // MARK: Connections

    /// - Returns: false when there are as many connections as the limits allow, of all clients or of this one.
    func admit(_ connection: any LoopConnection) -> Bool {
        guard !isDraining, metrics.connections.value < limits.connections else {
            metrics.connectionsRefused.add()
            return false
        }
        guard clients?.admitConnection(of: connection.client.network) != false else {
            metrics.clientConnectionsRefused.add()
            return false
        }
        metrics.connections.add()
        connections[ObjectIdentifier(connection)] = connection
        return true
    }

    /// Tells whose connection it is that a trusted proxy passes on; it was admitted as nobody's.
    ///
    /// - Returns: false when this client has as many connections as the limits allow.
    func admitClient(_ client: ClientAddress) -> Bool {
        guard clients?.admitConnection(of: client.network) == false else { return true }
        metrics.clientConnectionsRefused.add()
        return false
    }

    /// Puts another in charge of a connection that was admitted.
    func replace(_ connection: any LoopConnection, by next: any LoopConnection) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        connections[ObjectIdentifier(next)] = next
        if isDraining { next.drain() }
    }

    func dismiss(_ connection: any LoopConnection) {
        guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        metrics.connections.subtract()
        clients?.connectionEnded(of: connection.client.network)
        if connections.isEmpty { whenEmpty?.succeed() }
    }

    /// Looks after a stream of a connection that was admitted.
    func attend(_ stream: ClientConnection) { streams[ObjectIdentifier(stream)] = stream }

    func release(_ stream: ClientConnection) { streams[ObjectIdentifier(stream)] = nil }

    /// Closes idle connections, and the others after the request that they work on.
    func drain() -> EventLoopFuture<Void> {
        isDraining = true
        let promise = eventLoop.makePromise(of: Void.self)
        whenEmpty = promise
        for connection in connections.values { connection.drain() }
        if connections.isEmpty { promise.succeed() }
        return promise.futureResult
    }

    /// Closes every connection at once.
    func closeAll() {
        for stream in streams.values { stream.abort() }
        for connection in connections.values { connection.abort() }
    }
}
