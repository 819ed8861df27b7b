import Geography
import NIOCore
import NIOPosix
import ServiceIdentity

/// The connections of one event loop to the nodes of one geo. No other geo's node is ever in it.
///
/// While all connections are in use, requests wait in the order in which they came. Not thread-safe: all calls come on the event
/// loop.
final class UpstreamPool {
    let geo: GeoID
    private let limits: UpstreamPoolLimits
    private let eventLoop: any EventLoop
    /// nil where nodes are spoken to in plain TCP.
    private let identity: RouterIdentity?
    private let conditions: NodeConditions
    private let metrics: GeoMetrics
    private var slots: [UpstreamSlot]
    private var turn = 0
    private var queue: [QueuedRequest] = []
    /// A time that is at most one sweep old.
    private(set) var now = NIODeadline.now()
    private var isServingScheduled = false

    /// What there is for a request at once.
    enum Lease {
        case ready(UpstreamConnection)
        /// The waiter will hear.
        case waiting
        case unavailable(UpstreamShortage)
    }

    /// A request that needs a connection.
    private struct QueuedRequest {
        let waiter: any UpstreamWaiter
        /// Whether a connection that was used before will not do.
        let fresh: Bool
        /// When it began to wait.
        var since = NIODeadline.uptimeNanoseconds(0)
        /// Nodes that could not be connected to.
        var tried: [UpstreamNode] = []
    }

    init(
        geo: GeoID, nodes: [UpstreamNode], limits: UpstreamPoolLimits, eventLoop: any EventLoop, identity: RouterIdentity?,
        conditions: NodeConditions, metrics: GeoMetrics
    ) {
        self.geo = geo
        self.limits = limits
        self.eventLoop = eventLoop
        self.identity = identity
        self.conditions = conditions
        self.metrics = metrics
        slots = nodes.map(UpstreamSlot.init)
    }

    // MARK: Requests

    /// Finds a connection to the least busy node that is not down and has one.
    ///
    /// - Parameter fresh: whether a connection that was used before will not do.
    func lease(for waiter: any UpstreamWaiter, fresh: Bool) -> Lease {
        let request = QueuedRequest(waiter: waiter, fresh: fresh)
        guard queue.isEmpty else { return enqueue(request) }
        return take(for: request) ?? enqueue(request)
    }

    /// Takes a waiter out of the queue whose client has gone.
    func leave(_ waiter: any UpstreamWaiter) {
        guard let index = queue.firstIndex(where: { $0.waiter === waiter }) else { return }
        queue.remove(at: index)
        metrics.queued.subtract()
    }

    /// - Returns: nil where the request has to wait for a connection of another.
    private func take(for request: QueuedRequest) -> Lease? {
        guard let slot = leastBusySlot(for: request) else { return isReachable(for: request) ? nil : .unavailable(.noNode) }
        if !request.fresh, let connection = slot.idle.popLast() { return .ready(connection) }
        if slot.open >= limits.connectionsPerNode, !slot.idle.isEmpty { slot.idle.removeFirst().closeIdle() }
        connect(to: slot, for: request)
        return .waiting
    }

    private func isReachable(for request: QueuedRequest) -> Bool {
        slots.contains { slot in slot.node.condition != .down && !request.tried.contains { $0 === slot.node } }
    }

    private func leastBusySlot(for request: QueuedRequest) -> UpstreamSlot? {
        turn &+= 1
        var best: UpstreamSlot?
        for offset in slots.indices {
            let slot = slots[(offset + turn) % slots.count]
            guard slot.node.condition != .down, !slot.idle.isEmpty || slot.open < limits.connectionsPerNode,
                !request.tried.contains(where: { $0 === slot.node })
            else { continue }
            if let found = best, found.node.outstanding <= slot.node.outstanding { continue }
            best = slot
        }
        return best
    }

    // MARK: Queue

    private func enqueue(_ request: QueuedRequest) -> Lease {
        guard queue.count < limits.queue else {
            metrics.queueRefusals.add()
            return .unavailable(.noConnection)
        }
        var request = request
        request.since = .now()
        queue.append(request)
        metrics.queued.add()
        return .waiting
    }

    /// Serves the queue soon, but not in the midst of what made a connection free.
    private func scheduleServing() {
        guard !queue.isEmpty, !isServingScheduled else { return }
        isServingScheduled = true
        eventLoop.assumeIsolated().execute {
            self.isServingScheduled = false
            self.serveQueue()
        }
    }

    private func serveQueue() {
        while let request = queue.first, let lease = take(for: request) {
            queue.removeFirst()
            metrics.queued.subtract()
            switch lease {
            case .ready(let connection): request.waiter.upstreamReady(connection)
            case .waiting: break
            case .unavailable(let shortage): request.waiter.upstreamUnavailable(shortage)
            }
        }
    }

    private func refuseLateRequests(now: NIODeadline) {
        while let request = queue.first, request.since + limits.queueTimeout < now {
            queue.removeFirst()
            metrics.queued.subtract()
            metrics.queueRefusals.add()
            request.waiter.upstreamUnavailable(.noConnection)
        }
    }

    // MARK: Connections

    /// Takes a connection back whose exchange is complete.
    func keep(_ connection: UpstreamConnection) {
        guard let slot = slot(of: connection), slot.node.condition != .down,
            slot.idle.count < limits.idleConnectionsPerNode || !queue.isEmpty
        else { return connection.closeIdle() }
        slot.idle.append(connection)
        scheduleServing()
    }

    /// Forgets a connection that is closed or about to be.
    func release(_ connection: UpstreamConnection) {
        guard let slot = slot(of: connection) else { return }
        slot.idle.removeAll { $0 === connection }
        slot.open -= 1
        scheduleServing()
    }

    /// Notes that a node closed a connection before its answer, or did not answer in time.
    func exchangeFailed(_ node: UpstreamNode) { conditions.exchangeFailed(node) }

    /// Closes connections that were idle for longer than the limit, and refuses requests that waited for too long.
    func sweep(now: NIODeadline) {
        self.now = now
        for slot in slots {
            let expired = slot.idle.prefix { $0.idleSince + limits.idleTimeout < now }
            guard !expired.isEmpty else { continue }
            slot.idle.removeFirst(expired.count)
            for connection in expired { connection.closeIdle() }
        }
        refuseLateRequests(now: now)
        // A node may have gone down or come up.
        serveQueue()
    }

    func closeIdleConnections() {
        for slot in slots { close(slot.takeIdle()) }
    }

    /// Goes over to other nodes. Connections to those that are no more close when idle, and otherwise after their exchange.
    func use(_ nodes: [UpstreamNode]) {
        let before = slots
        slots = nodes.map { node in before.first { $0.node === node } ?? UpstreamSlot(node) }
        for slot in before where !nodes.contains(where: { $0 === slot.node }) { close(slot.takeIdle()) }
        scheduleServing()
    }

    private func close(_ connections: [UpstreamConnection]) {
        for connection in connections { connection.closeIdle() }
    }

    private func slot(of connection: UpstreamConnection) -> UpstreamSlot? { slots.first { $0.node === connection.node } }

    /// Connects, and tries the geo's other nodes when that fails: nothing was sent yet, so nothing can happen twice.
    private func connect(to slot: UpstreamSlot, for request: QueuedRequest) {
        let connection = UpstreamConnection(node: slot.node, pool: self)
        slot.open += 1
        let bound = NIOLoopBound(connection, eventLoop: eventLoop)
        ClientBootstrap(group: eventLoop)
            .connectTimeout(limits.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(to: slot.node.address.service)
            .flatMap { [identity, geo, limits] channel in
                channel.eventLoop.makeCompletedFuture {
                    try identity?.secure(channel, to: geo, within: limits.connectTimeout)
                }.flatMap { proof in
                    (proof ?? channel.eventLoop.makeSucceededVoidFuture()).flatMapThrowing {
                        try channel.pipeline.syncOperations.addHandler(bound.value)
                    }
                }
            }
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success where !connection.isClosed: request.waiter.upstreamReady(connection)
                case .success: self.failed(connection, nil, for: request)
                case .failure(let error): self.failed(connection, error, for: request)
                }
            }
    }

    private func failed(_ connection: UpstreamConnection, _ error: (any Error)?, for request: QueuedRequest) {
        connection.release()
        metrics.connectFailures.add()
        if let error = error as? IdentityError { conditions.identityFailed(connection.node, error) }
        if error?.isOwnShortage != true { conditions.exchangeFailed(connection.node) }
        var request = request
        request.tried.append(connection.node)
        switch take(for: request) {
        case .ready(let connection): request.waiter.upstreamReady(connection)
        case .waiting: break
        case .unavailable(let shortage): request.waiter.upstreamUnavailable(shortage)
        case nil:
            // It waited before those that wait now.
            request.since = .now()
            queue.insert(request, at: 0)
            metrics.queued.add()
        }
    }
}
