import Geography
import NIOCore
import ServiceIdentity

/// The pools of one event loop, one for each geo.
///
/// Not thread-safe: all calls come on the event loop.
final class UpstreamPools {
    private let limits: RouterLimits
    private let eventLoop: any EventLoop
    private let shared: RouterShared
    private var pools: [GeoID: UpstreamPool] = [:]

    init(limits: RouterLimits, eventLoop: any EventLoop, shared: RouterShared) {
        self.limits = limits
        self.eventLoop = eventLoop
        self.shared = shared
    }

    /// The geos of a plan as this event loop serves them.
    func geos(of plan: RoutingPlan) -> [RoutedGeo] {
        plan.nodes.geos.map { geo in
            let metrics = shared.metrics.geo(geo.geo)
            let pool = makePool(geo, metrics: metrics)
            pools[geo.geo] = pool
            return RoutedGeo(id: geo.geo, pool: pool, metrics: metrics, plan: plan)
        }
    }

    func sweep(now: NIODeadline) {
        for pool in pools.values { pool.sweep(now: now) }
    }

    func closeIdleConnections() {
        for pool in pools.values { pool.closeIdleConnections() }
    }

    private func makePool(_ geo: UpstreamDirectory.GeoNodes, metrics: GeoMetrics) -> UpstreamPool {
        let conditions = shared.conditions
        return UpstreamPool(
            geo: geo.geo, nodes: geo.nodes, limits: limits, eventLoop: eventLoop, identity: shared.identity,
            onConnectFailure: { node, error in
                metrics.connectFailures.add()
                if let error = error as? IdentityError {
                    metrics.identityFailures.add()
                    conditions.identityFailed(node, error)
                }
                conditions.connectionFailed(node)
            })
    }
}
