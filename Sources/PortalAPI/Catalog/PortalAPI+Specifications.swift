import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// An API's document, which the contract has in two forms: as a specification, and as the specification of a version. An API has one
/// version, which is there where it has a document, and both have the document's id.
extension PortalAPI {
    /// `list-api-specs`.
    @Sendable func listSpecifications(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let specification = try await entry(for: request, in: context).api.specification
        let all = [specification].compactMap(\.self).map(WireSpecificationSummary.init)
        return try .json(WirePage(all, page: PageRequest(), total: all.count))
    }

    /// `fetch-api-spec`.
    @Sendable func fetchSpecification(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let (_, document) = try await document("specId", for: request, in: context)
        return try .json(WireSpecification(content: document.text))
    }

    /// `list-api-version-specs`.
    @Sendable func listVersions(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let api = try await entry(for: request, in: context).api
        let all = [api.specification].compactMap(\.self).map { WireVersion(api, $0, content: nil) }
        return try .json(WirePage(all, page: PageRequest(), total: all.count))
    }

    /// `fetch-api-version-spec`.
    @Sendable func fetchVersion(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let (api, document) = try await document("versionId", for: request, in: context)
        return try .json(WireVersion(api, document.specification, content: document.text))
    }

    /// `fetch-api-spec-raw`: the file as it was published.
    @Sendable func rawSpecification(_ request: Request, context: NodeRequestContext) async throws -> Response {
        .raw(try await document("specId", for: request, in: context).document)
    }

    /// `fetch-api-version-spec-raw`: the same file.
    @Sendable func rawVersion(_ request: Request, context: NodeRequestContext) async throws -> Response {
        .raw(try await document("versionId", for: request, in: context).document)
    }

    /// The document that a path names.
    private func document(
        _ parameter: String, for request: Request, in context: NodeRequestContext
    ) async throws -> (api: PublishedAPI, document: SpecificationDocument) {
        let entry = try await entry(for: request, in: context)
        let id = context.parameters.get(parameter).flatMap { SpecificationID($0) }
        guard let id, entry.api.specification?.id == id else { throw AccountError.notFound("specification") }
        return (entry.api, try await flows.catalogReading.document(of: entry))
    }
}

extension SpecificationDocument {
    fileprivate var text: String { String(decoding: content, as: UTF8.self) }
}

extension Response {
    /// A document as it was given; nothing in it runs in a browser.
    fileprivate static func raw(_ document: SpecificationDocument) -> Response {
        let headers: HTTPFields = [
            .contentType: document.specification.format.mediaType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: document.content)))
    }
}

/// The contract's `ApiSpecDocumentSummary`.
private struct WireSpecificationSummary: Encodable {
    let id: String
    let apiType = WireSpecificationType.oas3

    init(_ specification: Specification) { id = specification.id.description }
}

/// The contract's `ApiSpecDocument`.
private struct WireSpecification: Encodable {
    let apiType = WireSpecificationType.oas3
    let content: String
}

/// The contract's `ApiVersionSummary`, and with the content its `ApiVersion`.
private struct WireVersion: Encodable {
    struct Spec: Encodable {
        let type = WireSpecificationType.oas3
        let content: String?
    }

    let id: String
    let version: String
    let spec: Spec

    /// An API that has no version of its own has its document's.
    init(_ api: PublishedAPI, _ specification: Specification, content: String?) {
        id = specification.id.description
        version = api.version ?? specification.version
        spec = Spec(content: content)
    }
}
