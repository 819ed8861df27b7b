import Geography

/// What a certificate of one of the two private authorities is for.
public enum LeafPurpose: Hashable, Sendable {
    /// A node's, inside: `spiffe://…/geo/GEO`.
    case node(GeoID)
    /// A router's, inside: `spiffe://…/router`.
    case router
    /// A trial certificate for everything below a geo, shown to clients.
    case publicGeo(GeoID)
    /// A trial certificate for the page on which a developer chooses a geo.
    case publicChooser

    /// The name of its files in a ``CertificateFolder``, without the ending.
    public var fileName: String {
        switch self {
        case .node(let geo): "geo-\(geo)"
        case .router: "router"
        case .publicGeo(let geo): "public-\(geo)"
        case .publicChooser: "public-chooser"
        }
    }

    /// Whether it proves who a process is, inside; otherwise clients see it.
    public var isInside: Bool {
        switch self {
        case .node, .router: true
        case .publicGeo, .publicChooser: false
        }
    }

    /// All that an installation has.
    public static func all(of topology: Topology) -> [LeafPurpose] {
        [.router] + topology.geos.map { .node($0.id) } + topology.geos.map { .publicGeo($0.id) } + [.publicChooser]
    }
}
