import Accounts
import HTTPConventions
import Hummingbird

/// Where APIs are published, and who sees them there.
extension ManagementAPI {
    /// `list-api-publications`, of every API and portal where the filter names none.
    @Sendable func listPublications(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var query = try QueryParameters(request)
        let page = query.page()
        let api = Self.id("api_id", of: PublishedAPI.self, in: &query)
        let portal = Self.id("portal_id", of: Portal.self, in: &query)
        try query.finish()
        let publications = try await flows.catalog.publications(of: api, at: portal, page: page)
        return try .json(WirePage(publications, at: page, WirePublication.init))
    }

    /// `publish-api-to-portal`, or a change of who sees it there.
    @Sendable func publishAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let visibility = body.optionalChoice("visibility", of: Visibility.self)
        try body.finish()
        let publication = try await flows.catalog.publish(
            id("apiId", of: "API", in: context), to: id("portalId", of: "portal", in: context), visibility: visibility,
            by: context.actor)
        return try .json(WirePublication(publication))
    }

    /// `fetch-publication`.
    @Sendable func fetchPublication(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let publication = try await flows.catalog.publication(
            of: id("apiId", of: "API", in: context), at: id("portalId", of: "portal", in: context))
        return try .json(WirePublication(publication))
    }

    /// `delete-publication`.
    @Sendable func unpublishAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.catalog.unpublish(
            id("apiId", of: "API", in: context), from: id("portalId", of: "portal", in: context), by: context.actor)
        return .empty(.noContent)
    }

    /// A filter on an id, with `[eq]` or without.
    private static func id<Entity>(
        _ field: String, of type: Entity.Type, in query: inout QueryParameters
    ) -> EntityID<Entity>? {
        guard let condition = query.condition(on: field, operators: [.eq]) else { return nil }
        return query.id(condition.parameter, of: type)
    }
}

private struct WirePublication: Encodable {
    let apiId: String
    let portalId: String
    let visibility: String
    let createdAt: String
    let updatedAt: String

    init(_ publication: Publication) {
        apiId = publication.api.description
        portalId = publication.portal.description
        visibility = publication.visibility.rawValue
        createdAt = publication.createdAt.wire
        updatedAt = publication.updatedAt.wire
    }
}
