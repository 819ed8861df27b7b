import NIOCore

/// One event loop's share of the limits for connections to nodes.
///
/// Shares need no counting across event loops, and a request never waits for what another loop holds.
struct UpstreamPoolLimits {
    let connectionsPerNode: Int
    let idleConnectionsPerNode: Int
    let idleTimeout: TimeAmount
    let connectTimeout: TimeAmount
    let queue: Int
    let queueTimeout: TimeAmount

    /// - Parameter loops: how many event loops share the limits.
    init(_ limits: RouterLimits, loops: Int) {
        connectionsPerNode = max(1, limits.upstreamConnections / loops)
        idleConnectionsPerNode = limits.upstreamIdleConnections
        idleTimeout = limits.upstreamIdleTimeout
        connectTimeout = limits.upstreamConnectTimeout
        queue = limits.upstreamQueue == 0 ? 0 : max(1, limits.upstreamQueue / loops)
        queueTimeout = limits.upstreamQueueTimeout
    }
}
