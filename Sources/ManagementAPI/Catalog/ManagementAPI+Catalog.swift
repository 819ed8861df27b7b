import Accounts
import HTTPConventions
import Hummingbird

/// APIs, which can be published.
extension ManagementAPI {
    /// `list-apis`, by name where nothing else is asked for.
    @Sendable func listAPIs(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var query = try QueryParameters(request)
        let page = query.page()
        var selection = query.apis()
        selection.slug = query.condition(on: "slug")?.match
        try query.finish()
        let apis = try await flows.catalog.apis(selectedBy: selection, page: page)
        return try .json(WirePage(apis, at: page, WireAPI.init))
    }

    /// `create-api`, where it is given with its document, from which come the name and the version that the body does not have.
    @Sendable func createAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context, limit: documentBodyLimit, from: Self.originOfBodyLimit)
        var draft = APIDraft(reading: &body)
        if case Optional.some(.none) = draft.version { draft.version = nil }
        let document = body.optionalString(Self.createdDocument)
        try body.finish()
        let api = try await flows.catalog.create(
            draft, document: document.map { Array($0.utf8) }, named: Self.createdDocument, by: context.actor)
        return try .json(WireAPI(api), status: .created)
    }

    /// `fetch-api`.
    @Sendable func fetchAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireAPI(try await flows.catalog.api(id("apiId", of: "API", in: context))))
    }

    /// `update-api`.
    @Sendable func updateAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        var body = try await JSONBody(request, context: context)
        let draft = APIDraft(reading: &body)
        try body.finish()
        let api = try await flows.catalog.update(id("apiId", of: "API", in: context), with: draft, by: context.actor)
        return try .json(WireAPI(api))
    }

    /// `delete-api`: with its document, from every portal.
    @Sendable func deleteAPI(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.catalog.delete(id("apiId", of: "API", in: context), by: context.actor)
        return .empty(.noContent)
    }

    /// The most bytes of a body with a document in it, whose line breaks and quotation marks are escaped there.
    var documentBodyLimit: Int { 2 * flows.catalog.maximumDocumentBytes }
    static let originOfBodyLimit = "twice catalog.document_bytes in node.yaml"

    private static let createdDocument = "spec_content"
}

extension APIDraft {
    fileprivate init(reading body: inout JSONBody) {
        self.init(
            name: body.optionalString("name"), version: body.nullableString("version").map(APIDraft.Text.init),
            description: body.nullableString("description").map(APIDraft.Text.init), slug: body.optionalString("slug"))
    }
}

/// An API on the wire.
private struct WireAPI: Encodable {
    struct VersionSummary: Encodable {
        struct Spec: Encodable { let type = WireVersion.specificationType }

        let id: String
        let version: String
        let spec = Spec()
    }

    let id: String
    let name: String
    @Nullable var version: String?
    @Nullable var description: String?
    let slug: String
    let apiSpecIds: [String]
    @Nullable var currentVersionSummary: VersionSummary?
    let createdAt: String
    let updatedAt: String

    init(_ api: PublishedAPI) {
        id = api.id.description
        name = api.name
        version = api.version
        description = api.description
        slug = api.slug
        apiSpecIds = [api.specification].compactMap { $0?.id.description }
        currentVersionSummary = api.specification.map {
            VersionSummary(id: $0.id.description, version: api.version ?? $0.version)
        }
        createdAt = api.createdAt.wire
        updatedAt = api.updatedAt.wire
    }
}
