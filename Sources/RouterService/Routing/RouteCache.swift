import Geography

/// Routes by the `Host` field as clients write it, so that a known host costs one look-up.
///
/// Only hosts of the topology are kept, and never more than a fixed number: a client cannot fill it with names of its own.
struct RouteCache {
    static let capacity = 1024

    private let hosts: HostTable
    private let geos: [GeoID: RoutedGeo]
    private var routes: [String: Route] = [:]

    /// How many routes are kept.
    var count: Int { routes.count }

    init(_ hosts: HostTable, geos: [GeoID: RoutedGeo]) {
        self.hosts = hosts
        self.geos = geos
    }

    /// The route of a `Host` field's value; nil for a host that leads nowhere.
    mutating func route(for authority: String) -> Route? {
        if let known = routes[authority] { return known }
        guard let name = try? Hostname(authority: authority), let destination = hosts.destination(of: name),
            let route = Route(destination, geos: geos)
        else { return nil }
        if routes.count >= Self.capacity { routes.removeAll(keepingCapacity: true) }
        routes[authority] = route
        return route
    }
}
