import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// Makes an API that can be published.
    @Sendable func createAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let name = body.requiredString("name")
        let version = body.nullableString("version") ?? nil
        let description = body.nullableString("description") ?? nil
        try body.finish()
        let api = try await flows.catalog.create(name: name, version: version, description: description, by: context.actor)
        return try .json(WireAPI(api), status: .created)
    }

    /// Publishes an API to a portal, or changes who sees it there.
    @Sendable func publishAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let chosen = body.optionalChoice("visibility", of: Visibility.self)
        try body.finish()
        let portal = try await portal(in: context)
        let visibility = chosen ?? portal.settings.defaultAPIVisibility
        try await flows.catalog.publish(
            id("apiId", of: "API", in: context), to: portal.id, visibility: visibility, by: context.actor)
        return try .json(WirePublication(visibility: visibility.rawValue))
    }
}

private struct WireAPI: Encodable {
    let id: String
    let name: String
    @Nullable var version: String?
    @Nullable var description: String?
    let slug: String
    let createdAt: String
    let updatedAt: String

    init(_ api: PublishedAPI) {
        id = api.id.description
        name = api.name
        version = api.version
        description = api.description
        slug = api.slug
        createdAt = api.createdAt.wire
        updatedAt = api.updatedAt.wire
    }
}

private struct WirePublication: Encodable {
    let visibility: String
}
