import Geography

/// Where a host leads, in the form that the way of a request needs.
struct Route {
    /// Who answers.
    enum Target {
        /// The nodes of a geo, by the geo's place in the topology.
        case geo(GeoID, index: Int)
        /// The router's own page.
        case chooser
    }

    private enum Service {
        case portal, managementAPI, console, chooser
    }

    let target: Target
    private let service: Service

    init?(_ destination: Destination, in topology: Topology) {
        switch destination {
        case .portal: service = .portal
        case .managementAPI: service = .managementAPI
        case .console: service = .console
        case .chooser: service = .chooser
        }
        guard let geo = destination.geo else {
            target = .chooser
            return
        }
        guard let index = topology.geos.firstIndex(where: { $0.id == geo }) else { return nil }
        target = .geo(geo, index: index)
    }

    /// The class of a request for a target of this host.
    func routeClass(of head: RequestHead) -> RouteClass {
        switch service {
        case .portal: head.targetStarts(with: "/api/") ? .portalAPI : .portalPage
        case .managementAPI: .managementAPI
        case .console: .console
        case .chooser: .chooser
        }
    }
}
