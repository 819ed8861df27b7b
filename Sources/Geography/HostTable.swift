/// Which destination a host name leads to, by the topology and by nothing else.
///
/// An unknown host leads nowhere: there is no default geo. The table is a value and may be shared between threads.
public struct HostTable: Sendable {
    private let topology: Topology
    private let customDomains: [Hostname: CustomDomain]
    private let suffix: String

    public init(_ topology: Topology) {
        self.topology = topology
        customDomains = Dictionary(topology.customDomains.map { ($0.host, $0) }, uniquingKeysWith: { first, _ in first })
        suffix = ".\(topology.domain)"
    }

    /// The destination of a host name; nil for a host that this topology does not know.
    public func destination(of host: Hostname) -> Destination? {
        if let custom = customDomains[host] { return .portal(custom.portal, custom.geo) }
        guard host.value.hasSuffix(suffix) else { return nil }
        let labels = host.value.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
        switch labels.count {
        case 1: return labels[0] == "portal" ? .chooser : nil
        case 2:
            guard let geo = geo(labels[0]) else { return nil }
            switch labels[1] {
            case "api": return .managementAPI(geo)
            case "console": return .console(geo)
            default: return nil
            }
        case 3:
            guard labels[2] == "portal", let geo = geo(labels[1]), let slug = try? PortalSlug(String(labels[0])) else {
                return nil
            }
            return .portal(slug, geo)
        default: return nil
        }
    }

    private func geo(_ label: Substring) -> GeoID? {
        guard let id = try? GeoID(String(label)), topology.geo(id) != nil else { return nil }
        return id
    }
}

/// What a host name leads to.
public enum Destination: Hashable, Sendable {
    /// The pages and the Portal API of one portal.
    case portal(PortalSlug, GeoID)
    /// The management API of one geo.
    case managementAPI(GeoID)
    /// The admins' console of one geo.
    case console(GeoID)
    /// The router's own page, on which a developer chooses a geo.
    case chooser

    /// The geo that answers; nil for the router itself.
    public var geo: GeoID? {
        switch self {
        case .portal(_, let geo), .managementAPI(let geo), .console(let geo): geo
        case .chooser: nil
        }
    }
}
