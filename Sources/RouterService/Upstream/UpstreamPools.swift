import Geography
import NIOCore

/// The pools of one event loop, one for each geo. A geo keeps its pool when the topology is read again.
///
/// Not thread-safe: all calls come on the event loop.
final class UpstreamPools {
    private let limits: UpstreamPoolLimits
    private let eventLoop: any EventLoop
    private let shared: RouterShared
    private var pools: [GeoID: UpstreamPool] = [:]

    init(limits: UpstreamPoolLimits, eventLoop: any EventLoop, shared: RouterShared) {
        self.limits = limits
        self.eventLoop = eventLoop
        self.shared = shared
    }

    /// Goes over to a plan, and returns its geos as this event loop serves them.
    ///
    /// A pool whose geo is no more is used by no new request; what it works on goes on.
    func use(_ plan: RoutingPlan) -> [RoutedGeo] {
        let before = pools
        pools = [:]
        let geos = plan.nodes.geos.map { geo in
            let metrics = shared.metrics.geo(geo.geo)
            let pool = before[geo.geo] ?? makePool(geo, metrics: metrics)
            pool.use(geo.nodes)
            pools[geo.geo] = pool
            return RoutedGeo(id: geo.geo, pool: pool, metrics: metrics, plan: plan)
        }
        for (geo, pool) in before where pools[geo] == nil { pool.use([]) }
        return geos
    }

    func sweep(now: NIODeadline) {
        for pool in pools.values { pool.sweep(now: now) }
    }

    func closeIdleConnections() {
        for pool in pools.values { pool.closeIdleConnections() }
    }

    private func makePool(_ geo: UpstreamDirectory.GeoNodes, metrics: GeoMetrics) -> UpstreamPool {
        UpstreamPool(
            geo: geo.geo, nodes: geo.nodes, limits: limits, eventLoop: eventLoop, identity: shared.identity,
            conditions: shared.conditions, metrics: metrics)
    }
}
