import Accounts
import HTTPConventions
import Hummingbird

extension PortalAPI {
    /// `get-portal-context`.
    @Sendable func portalContext(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WirePortalContext(try context.requirePortal(), links: flows.links, organization: flows.organization))
    }

    /// `list-apis`: what is published to the portal; the private ones only for a developer who is logged in.
    @Sendable func listAPIs(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        let page = try PageQuery(request).page
        let entries = try await flows.catalog.catalog(of: portal, visibleAs: try await visibility(for: request, at: portal))
        let shown = entries.dropFirst(page.offset).prefix(page.size)
        return try .json(WirePage(shown.map(WireAPI.init), page: page, total: entries.count))
    }

    /// What a client without a session sees is public. A session that is over is 401, upon which clients renew it and ask again;
    /// a shorter list would hide that something is missing.
    private func visibility(for request: Request, at portal: Portal) async throws -> Visibility {
        guard portal.settings.authenticationEnabled, !SessionCookies.allTokens(in: request).isEmpty else { return .public }
        _ = try await flows.sessions.developer(showing: SessionCookies.tokens(in: request).access, at: portal)
        return .private
    }
}

/// The contract's `PortalContext`.
private struct WirePortalContext: Encodable {
    let portalId: String
    let orgId: String
    let name: String
    let canonicalDomain: String
    let authenticationEnabled: Bool
    let basicAuthEnabled: Bool
    let oidcAuthEnabled = false
    let samlAuthEnabled = false
    let rbacEnabled: Bool

    init(_ portal: Portal, links: PortalLinks, organization: Organization) {
        portalId = portal.id.description
        orgId = organization.id
        name = portal.displayName
        canonicalDomain = links.canonicalHost(of: portal)
        authenticationEnabled = portal.settings.authenticationEnabled
        basicAuthEnabled = portal.settings.authenticationEnabled
        rbacEnabled = portal.settings.rbacEnabled
    }
}

/// The contract's `Api`.
private struct WireAPI: Encodable {
    let id: String
    let name: String
    @Nullable var version: String?
    @Nullable var description: String?
    let slug: String
    let visibility: String
    let specifications: [String] = []
    let attributes: [String: [String]] = [:]
    let createdAt: String
    let updatedAt: String

    init(_ entry: CatalogEntry) {
        id = entry.api.id.description
        name = entry.api.name
        version = entry.api.version
        description = entry.api.description
        slug = entry.api.slug
        visibility = entry.visibility.rawValue
        createdAt = entry.api.createdAt.wire
        updatedAt = entry.api.updatedAt.wire
    }
}
