/// The map of the whole installation: which geos there are and which host names lead to them.
///
/// It is the one thing that all processes share, and it names no developer. It is read from `topology.yaml`
/// (``init(yaml:named:)``); a topology that exists is consistent: ids, numbers, host names and addresses are unique.
public struct Topology: Sendable, Equatable {
    /// The name under which all hosts stand: `example.com` in `acme.eu.portal.example.com`.
    public let domain: Hostname
    /// The name under which the installation's certificates stand inside: by default ``domain``.
    public let trustDomain: Hostname
    /// How people reach the router from outside.
    public let publicOrigin: PublicOrigin
    /// In the order of the file; at least one.
    public let geos: [Geo]
    /// Host names of their own that lead to one portal.
    public let customDomains: [CustomDomain]

    private let indexByID: [GeoID: Int]
    private let indexByNumber: [GeoNumber: Int]

    init(
        domain: Hostname, trustDomain: Hostname? = nil, publicOrigin: PublicOrigin, geos: [Geo], customDomains: [CustomDomain]
    ) {
        self.domain = domain
        self.trustDomain = trustDomain ?? domain
        self.publicOrigin = publicOrigin
        self.geos = geos
        self.customDomains = customDomains
        indexByID = Dictionary(geos.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        indexByNumber = Dictionary(geos.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func geo(_ id: GeoID) -> Geo? { indexByID[id].map { geos[$0] } }

    public func geo(_ number: GeoNumber) -> Geo? { indexByNumber[number].map { geos[$0] } }

    /// The host of a portal below the topology's domain.
    public func portalHost(_ portal: PortalSlug, in geo: GeoID) -> String { "\(portal).\(geo).portal.\(domain)" }

    /// The host that a portal's links use: its custom domain where it has one.
    public func canonicalPortalHost(_ portal: PortalSlug, in geo: GeoID) -> String {
        customDomains.first { $0.geo == geo && $0.portal == portal }?.host.value ?? portalHost(portal, in: geo)
    }

    /// The host of a geo's management API.
    public func managementHost(of geo: GeoID) -> String { "\(geo).api.\(domain)" }

    /// The host of a geo's console.
    public func consoleHost(of geo: GeoID) -> String { "\(geo).console.\(domain)" }

    /// All host names under which people reach a geo, as a certificate covers them: the portals' by `*.eu.portal.example.com`.
    public func publicHosts(of geo: GeoID) -> [String] {
        ["*.\(geo).portal.\(domain)", managementHost(of: geo), consoleHost(of: geo)]
            + customDomains.filter { $0.geo == geo }.map(\.host.value)
    }

    /// The host of the page on which a developer chooses a geo.
    public var chooserHost: String { "portal.\(domain)" }

    /// The absolute address of a host of this topology, without a trailing slash: `https://acme.eu.portal.example.com`.
    public func origin(of host: String) -> String { publicOrigin.origin(of: host) }
}

/// The scheme and port of every public address.
public struct PublicOrigin: Hashable, Sendable {
    public enum Scheme: String, CaseIterable, Sendable {
        case http, https

        var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    public let scheme: Scheme
    public let port: Int

    public init(scheme: Scheme, port: Int? = nil) {
        self.scheme = scheme
        self.port = port ?? scheme.defaultPort
    }

    public func origin(of host: String) -> String {
        port == scheme.defaultPort ? "\(scheme.rawValue)://\(host)" : "\(scheme.rawValue)://\(host):\(port)"
    }
}

/// A host name of a company's own for one portal in one geo.
public struct CustomDomain: Hashable, Sendable {
    public let host: Hostname
    public let geo: GeoID
    public let portal: PortalSlug

    public init(host: Hostname, geo: GeoID, portal: PortalSlug) {
        self.host = host
        self.geo = geo
        self.portal = portal
    }
}
