import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// The catalog. What somebody may not see is 404, as what is not there.
extension PortalAPI {
    /// `get-portal-context`.
    @Sendable func portalContext(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WirePortalContext(try context.requirePortal(), links: flows.links, organization: flows.organization))
    }

    /// `list-apis`: what is published to the portal; the private ones only for a developer who is logged in.
    @Sendable func listAPIs(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var query = try QueryParameters(request)
        let (page, selection) = (query.page(), query.apis())
        try query.finish()
        let entries = try await flows.catalogReading.entries(
            in: portal, visibleAs: try await visibility(for: request, at: portal), selectedBy: selection, page: page)
        return try .json(WirePage(entries, at: page, WireAPI.init))
    }

    /// `fetch-api`, by id or slug.
    @Sendable func fetchAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireAPI(try await entry(for: request, in: context)))
    }

    /// `get-api-actions`: whoever sees an API may read about it; there are no applications to register.
    @Sendable func apiActions(_ request: Request, context: NodeRequestContext) async throws -> Response {
        _ = try await entry(for: request, in: context)
        return try .json(WireActions())
    }

    /// `get-paginated-api-attributes`: no API has attributes.
    @Sendable func listAPIAttributes(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var query = try QueryParameters(request)
        _ = query.condition(on: "key")
        _ = query.texts(prefixed: "selected[")
        try query.finish()
        _ = try await visibility(for: request, at: portal)
        return try .json(WirePage<WireNothing>([], page: PageRequest(), total: 0))
    }

    /// `list-api-documents`: no API has pages beside its specification.
    @Sendable func listAPIDocuments(_ request: Request, context: NodeRequestContext) async throws -> Response {
        _ = try await entry(for: request, in: context)
        return try .json(WireDocuments())
    }

    /// The API that a path names.
    func entry(for request: Request, in context: NodeRequestContext) async throws -> CatalogEntry {
        let portal = try context.requirePortal()
        let visibility = try await visibility(for: request, at: portal)
        return try await flows.catalogReading.entry(
            context.parameters.get("apiIdOrSlug") ?? "", in: portal, visibleAs: visibility)
    }

    /// What a client without a session sees is public. A session that is over is 401, upon which clients renew it and ask again;
    /// a shorter list would hide that something is missing.
    func visibility(for request: Request, at portal: Portal) async throws -> Visibility {
        guard portal.settings.authenticationEnabled, !SessionCookies.allTokens(in: request).isEmpty else { return .public }
        _ = try await flows.sessions.developer(showing: SessionCookies.tokens(in: request).access, at: portal)
        return .private
    }
}

/// The contract's `ApiActionsResponse`.
private struct WireActions: Encodable {
    struct Actions: Encodable {
        let view = true
        let register = false
        let viewDocumentation = true
    }

    let actions = Actions()
}

private struct WireDocuments: Encodable {
    let data: [WireNothing] = []
}

/// An element of a list that is always empty.
private struct WireNothing: Encodable {}
