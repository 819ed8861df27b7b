import Geography
import NIOCore
import NIOPosix

/// The connections of one event loop to the nodes of one geo. No other geo's node is ever in it.
///
/// Not thread-safe: all calls come on the event loop.
final class UpstreamPool {
    let geo: GeoID
    private let nodes: [UpstreamNode]
    private let limits: RouterLimits
    private let eventLoop: any EventLoop
    /// nil where nodes are spoken to in plain TCP.
    private let identity: RouterIdentity?
    private let onConnectFailure: (UpstreamNode, any Error) -> Void
    /// Idle connections by node, the one used last at the end.
    private var idle: [[UpstreamConnection]]
    private var turn = 0

    /// What there is for a request at once.
    enum Lease {
        case ready(UpstreamConnection)
        /// A connection is being made; the waiter will hear.
        case connecting
        case unavailable
    }

    init(
        geo: GeoID, nodes: [UpstreamNode], limits: RouterLimits, eventLoop: any EventLoop, identity: RouterIdentity?,
        onConnectFailure: @escaping (UpstreamNode, any Error) -> Void
    ) {
        self.geo = geo
        self.nodes = nodes
        self.limits = limits
        self.eventLoop = eventLoop
        self.identity = identity
        self.onConnectFailure = onConnectFailure
        idle = Array(repeating: [], count: nodes.count)
    }

    /// Finds a connection to the least busy node that is not down.
    ///
    /// - Parameter fresh: whether a connection that was used before will not do.
    func lease(for waiter: any UpstreamWaiter, fresh: Bool) -> Lease {
        guard let index = leastBusyNode(except: []) else { return .unavailable }
        if !fresh, let connection = idle[index].popLast() { return .ready(connection) }
        connect(to: index, tried: [index], fresh: fresh, for: waiter)
        return .connecting
    }

    /// Takes a connection back whose exchange is complete.
    func keep(_ connection: UpstreamConnection) {
        guard let index = nodes.firstIndex(where: { $0 === connection.node }),
            idle[index].count < limits.upstreamIdleConnections, connection.node.condition != .down
        else { return connection.closeIdle() }
        idle[index].append(connection)
    }

    /// Forgets an idle connection that its node closed.
    func forget(_ connection: UpstreamConnection) {
        for index in idle.indices { idle[index].removeAll { $0 === connection } }
    }

    /// Closes connections that were idle for longer than the limit.
    func sweep(now: NIODeadline) {
        for index in idle.indices where !idle[index].isEmpty {
            let expired = idle[index].prefix { $0.idleSince + limits.upstreamIdleTimeout < now }
            guard !expired.isEmpty else { continue }
            idle[index].removeFirst(expired.count)
            for connection in expired { connection.closeIdle() }
        }
    }

    func closeIdleConnections() {
        for connection in idle.joined() { connection.closeIdle() }
        idle = Array(repeating: [], count: nodes.count)
    }

    private func leastBusyNode(except tried: Set<Int>) -> Int? {
        turn &+= 1
        var best: Int?
        for offset in nodes.indices {
            let index = (offset + turn) % nodes.count
            guard nodes[index].condition != .down, !tried.contains(index) else { continue }
            if let found = best, nodes[found].outstanding <= nodes[index].outstanding { continue }
            best = index
        }
        return best
    }

    /// Connects, and tries the geo's other nodes when that fails: nothing was sent yet, so nothing can happen twice.
    private func connect(to index: Int, tried: Set<Int>, fresh: Bool, for waiter: any UpstreamWaiter) {
        let node = nodes[index]
        let connection = UpstreamConnection(node: node, pool: self)
        let bound = NIOLoopBound(connection, eventLoop: eventLoop)
        ClientBootstrap(group: eventLoop)
            .connectTimeout(limits.upstreamConnectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(to: node.address.service)
            .flatMap { [identity, geo, limits] channel in
                channel.eventLoop.makeCompletedFuture {
                    try identity?.secure(channel, to: geo, within: limits.upstreamConnectTimeout)
                }.flatMap { proof in
                    (proof ?? channel.eventLoop.makeSucceededVoidFuture()).flatMapThrowing {
                        try channel.pipeline.syncOperations.addHandler(bound.value)
                    }
                }
            }
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success: waiter.upstreamReady(connection)
                case .failure(let error): self.retry(after: index, error, tried: tried, fresh: fresh, for: waiter)
                }
            }
    }

    private func retry(
        after index: Int, _ error: any Error, tried: Set<Int>, fresh: Bool, for waiter: any UpstreamWaiter
    ) {
        onConnectFailure(nodes[index], error)
        guard let next = leastBusyNode(except: tried) else { return waiter.upstreamUnavailable() }
        if !fresh, let connection = idle[next].popLast() { return waiter.upstreamReady(connection) }
        connect(to: next, tried: tried.union([next]), fresh: fresh, for: waiter)
    }
}
