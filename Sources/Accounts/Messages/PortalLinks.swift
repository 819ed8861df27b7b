import Geography

/// The addresses that stand in mails and pages, all from the topology and the portal's own settings.
///
/// Never from a request: a forged `Host` header changes no link.
public struct PortalLinks: Sendable {
    private let topology: Topology
    private let geo: GeoID

    public init(topology: Topology, geo: GeoID) {
        self.topology = topology
        self.geo = geo
    }

    /// By which people reach the portals: `https` or `http`.
    public var scheme: String { topology.publicOrigin.scheme.rawValue }

    /// The host below the topology's domain.
    public func defaultHost(of portal: Portal) -> String { topology.portalHost(portal.slug, in: geo) }

    /// The host that people use: the custom domain where there is one.
    public func canonicalHost(of portal: Portal) -> String { topology.canonicalPortalHost(portal.slug, in: geo) }

    /// The portal's address without a trailing slash.
    public func home(of portal: Portal) -> String { topology.origin(of: canonicalHost(of: portal)) }

    /// The portal's address for a request that came to another of its hosts than people use; nil for one that came there. A log-in through
    /// an identity provider begins and ends at one host, because the browser's cookie is that host's alone.
    public func canonicalHome(of portal: Portal, forRequestTo authority: String?) -> String? {
        let canonical = canonicalHost(of: portal)
        guard canonical != defaultHost(of: portal), let host = try? Hostname(authority: authority ?? ""), host.value != canonical
        else { return nil }
        return home(of: portal)
    }

    /// Everything that leads to the portal from a browser, each without a trailing slash, in lower case.
    public func origins(of portal: Portal) -> Set<String> {
        let own = topology.customDomains.filter { $0.geo == geo && $0.portal == portal.slug }.map(\.host.value)
        return Set(([defaultHost(of: portal)] + own).map { topology.origin(of: $0).lowercased() })
    }

    public func verification(_ token: GeoUUID, at portal: Portal) -> String { "\(home(of: portal))/login?token=\(token)" }

    public func passwordReset(_ token: GeoUUID, at portal: Portal) -> String {
        "\(home(of: portal))/reset-password?token=\(token)"
    }

    public func logIn(at portal: Portal) -> String { "\(home(of: portal))/login" }

    /// Leads through the identity provider at once.
    public func signOn(at portal: Portal) -> String { "\(home(of: portal))/login/sso" }

    /// Where an identity provider tells of log-outs (OpenID Connect Back-Channel Logout 1.0, section 2.5).
    public func backChannelLogOut(at portal: Portal) -> String {
        "\(home(of: portal))/api/v3/developer/authenticate/oidc-backchannel-logout"
    }

    public func forgotPassword(at portal: Portal) -> String { "\(home(of: portal))/forgot-password" }

    /// Where the geo's management API is, without a path.
    public var managementAPI: String { topology.origin(of: topology.managementHost(of: geo)) }

    public var console: String { topology.origin(of: topology.consoleHost(of: geo)) }

    /// Where admins decide about the developers who wait.
    public func accessRequests(at portal: Portal) -> String { "\(console)/portals/\(portal.slug)/requests" }

    /// What the console calls itself where its mails come from: its host.
    public var consoleName: String { topology.consoleHost(of: geo) }

    public func consolePassword(_ token: GeoUUID) -> String { "\(console)/password?token=\(token)" }
}
