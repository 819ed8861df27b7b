import Geography

/// One geo as one event loop serves it: its nodes, its rules and its numbers.
///
/// A request that has a geo keeps this object to its end, also when the topology is read again meanwhile.
final class RoutedGeo {
    let id: GeoID
    let pool: UpstreamPool
    let metrics: GeoMetrics
    let requestRules: RequestRules
    let responseRules: ResponseRules

    init(id: GeoID, pool: UpstreamPool, metrics: GeoMetrics, plan: RoutingPlan) {
        self.id = id
        self.pool = pool
        self.metrics = metrics
        requestRules = RequestRules(plan.residency, geo: id)
        responseRules = ResponseRules(plan.hosts, geo: id)
    }
}
