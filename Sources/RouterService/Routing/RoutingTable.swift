import Geography

/// Everything that one event loop derives from a topology. It is replaced as a whole, so that no request sees two topologies.
///
/// Not thread-safe: all calls come on the event loop.
final class RoutingTable {
    let plan: RoutingPlan
    let geos: [GeoID: RoutedGeo]
    let headWriter: RequestHeadWriter
    private var routes: RouteCache

    init(_ plan: RoutingPlan, geos: [RoutedGeo]) {
        self.plan = plan
        self.geos = Dictionary(geos.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        headWriter = RequestHeadWriter(scheme: plan.topology.publicOrigin.scheme.rawValue)
        routes = RouteCache(plan.hosts, geos: self.geos)
    }

    var chooser: ChooserPage { plan.chooser }

    /// The route of a `Host` field's value; nil for a host that leads nowhere.
    func route(for host: String) -> Route? { routes.route(for: host) }
}
