import Geography

/// Where a host leads, in the form that the way of a request needs.
struct Route {
    /// Who answers.
    enum Target {
        case geo(RoutedGeo)
        /// The router's own page.
        case chooser
    }

    private enum Service {
        case portal, managementAPI, console, chooser
    }

    let target: Target
    private let service: Service

    init?(_ destination: Destination, geos: [GeoID: RoutedGeo]) {
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
        guard let routed = geos[geo] else { return nil }
        target = .geo(routed)
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
