/// Who a process of an installation is, as its certificate says it (SPIFFE-ID, section 2): `spiffe://example.com/geo/eu` for a
/// node, `spiffe://example.com/router` for a router.
public struct SPIFFEID: Hashable, Sendable, CustomStringConvertible {
    /// Which part of an installation a process plays.
    public enum Role: Hashable, Sendable {
        case node(GeoID)
        case router
    }

    /// The trust domain: by default the topology's domain.
    public let trustDomain: Hostname
    public let role: Role

    public init(trustDomain: Hostname, role: Role) {
        self.trustDomain = trustDomain
        self.role = role
    }

    public var description: String {
        switch role {
        case .node(let geo): "spiffe://\(trustDomain)/geo/\(geo)"
        case .router: "spiffe://\(trustDomain)/router"
        }
    }
}
