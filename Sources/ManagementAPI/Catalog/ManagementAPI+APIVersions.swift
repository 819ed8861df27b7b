import Accounts
import HTTPConventions
import Hummingbird

/// The version of an API, which is there where the API has a document. There is one at most, with the document's id.
extension ManagementAPI {
    /// `list-api-versions`.
    @Sendable func listAPIVersions(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let page = try PageQuery(request).page
        let api = try await flows.catalog.api(id("apiId", of: "API", in: context))
        let all = [api.specification].compactMap(\.self).map { WireVersion(api, $0, content: nil) }
        return try .json(WirePage(Page(part: page, of: all), at: page) { $0 })
    }

    /// `create-api-version`: gives an API its document; 409 where it has one.
    @Sendable func createAPIVersion(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let api: APIID = try id("apiId", of: "API", in: context)
        // An API that is not there is said to be so before its document is read.
        _ = try await flows.catalog.api(api)
        let draft = try await VersionDraft(request, context: context, limit: documentBodyLimit)
        guard let content = draft.content else { throw AccountError.invalidField(.required(VersionDraft.contentField)) }
        let changed = try await flows.catalog.setDocument(
            content, of: api, with: draft.change, isNew: true, named: VersionDraft.contentField, by: context.actor)
        return try .json(try version(of: changed, content: content), status: .created)
    }

    /// `fetch-api-version`: with its document.
    @Sendable func fetchAPIVersion(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let api = try await versionedAPI(in: context)
        let document = try await flows.catalog.document(of: api.id)
        return try .json(try version(of: api, content: document.content))
    }

    /// `update-api-version`: another document, another version, or both.
    @Sendable func updateAPIVersion(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let api = try await versionedAPI(in: context)
        let draft = try await VersionDraft(request, context: context, limit: documentBodyLimit)
        let change = draft.change
        guard let content = draft.content else {
            let changed = try await flows.catalog.update(api.id, with: change, by: context.actor)
            return try .json(try version(of: changed, content: try await flows.catalog.document(of: api.id).content))
        }
        let changed = try await flows.catalog.setDocument(
            content, of: api.id, with: change, named: VersionDraft.contentField, by: context.actor)
        return try .json(try version(of: changed, content: content))
    }

    /// `delete-api-version`: the document goes, and the API stays.
    @Sendable func deleteAPIVersion(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try await flows.catalog.deleteDocument(of: try await versionedAPI(in: context).id, by: context.actor)
        return .empty(.noContent)
    }

    /// The API of a path that also names its version.
    private func versionedAPI(in context: NodeRequestContext) async throws -> PublishedAPI {
        let api = try await flows.catalog.api(id("apiId", of: "API", in: context))
        let version: SpecificationID = try id("versionId", of: "version", in: context)
        guard api.specification?.id == version else { throw AccountError.notFound("version") }
        return api
    }

    private func version(of api: PublishedAPI, content: [UInt8]) throws -> WireVersion {
        guard let specification = api.specification else { throw AccountError.notFound("version") }
        return WireVersion(api, specification, content: String(decoding: content, as: UTF8.self))
    }
}

/// What a client sends of a version.
private struct VersionDraft {
    static let contentField = "spec.content"

    let content: [UInt8]?
    private let version: String?

    init(_ request: Request, context: NodeRequestContext, limit: Int) async throws {
        var body = try await JSONBody(request, context: context, limit: limit, from: ManagementAPI.originOfBodyLimit)
        version = body.optionalString("version")
        let text = body.optionalObject("spec") { spec -> String? in
            _ = spec.optionalChoice("type", of: SpecificationType.self)
            return spec.optionalString("content")
        }
        content = text.flatMap(\.self).map { Array($0.utf8) }
        try body.finish()
    }

    /// An API has no other version than this one.
    var change: APIDraft { APIDraft(version: version.map(APIDraft.Text.text)) }

    private enum SpecificationType: String, CaseIterable { case oas3 }
}

/// A version of an API on the wire; in a list without its document.
struct WireVersion: Encodable {
    static let specificationType = "oas3"

    struct Spec: Encodable {
        let type = WireVersion.specificationType
        let mediaType: String
        let size: Int
        let sha256: String
        let content: String?
    }

    let id: String
    let version: String
    let spec: Spec
    let createdAt: String
    let updatedAt: String

    init(_ api: PublishedAPI, _ specification: Specification, content: String?) {
        id = specification.id.description
        version = api.version ?? specification.version
        spec = Spec(
            mediaType: specification.format.mediaType, size: specification.size, sha256: specification.digest, content: content)
        createdAt = specification.createdAt.wire
        updatedAt = specification.updatedAt.wire
    }
}
