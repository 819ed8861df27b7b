import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// The most characters of a search that are looked for.
    static let maximumSearchLength = 100

    /// `GET /apis/{slug}`: one API with its document; missing for those who may not see it. `find` looks among its operations.
    @Sendable func publishedAPI(_ request: Request, context: PageRequestContext) async throws -> Response {
        let entry = try await entry(in: context)
        let view = PublishedAPIView(entry, document: try await documentView(of: entry, request, in: context), in: context.book)
        return try renderer.response(.api, title: entry.api.name, content: view, in: context)
    }

    /// `GET /apis/{slug}/operations/{part}`
    @Sendable func operation(_ request: Request, context: PageRequestContext) async throws -> Response {
        try await part(of: \.operations, in: context)
    }

    /// `GET /apis/{slug}/schemas/{part}`
    @Sendable func schema(_ request: Request, context: PageRequestContext) async throws -> Response {
        try await part(of: \.schemas, in: context)
    }

    /// `GET /apis/{slug}/document`: the document as it was published, as a file to keep; no browser shows it as a page.
    @Sendable func documentFile(_ request: Request, context: PageRequestContext) async throws -> Response {
        let entry = try await entry(in: context)
        let document = try await flows.catalogReading.document(of: entry)
        let format = document.specification.format
        return Response(
            status: .ok,
            headers: [
                .contentType: format.mediaType, .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"\(entry.api.slug).\(format.rawValue)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.content)))
    }

    private func documentView(
        of entry: CatalogEntry, _ request: Request, in context: PageRequestContext
    ) async throws -> DocumentView? {
        guard let specification = entry.api.specification else { return nil }
        let document = try await rendered(entry, in: context)
        let query = FormFields(queryOf: request)
        let paths = DocumentPaths(slug: entry.api.slug)
        let list = document.map { document in
            OperationList(
                document, search: Self.search("find", in: query), page: Pager.number(in: query), at: paths, in: context.book)
        }
        return DocumentView(document, specification, list: list, at: paths, in: context.book)
    }

    private func part(
        of kind: KeyPath<RenderedDocument, [String: RenderedDocument.Part]>, in context: PageRequestContext
    ) async throws -> Response {
        let entry = try await entry(in: context)
        guard entry.api.specification != nil, let id = context.parameters.get("part"),
            let part = try await rendered(entry, in: context)?[keyPath: kind][id]
        else { throw HTTPError(.notFound) }
        return try renderer.response(
            .part, title: "\(part.title) · \(entry.api.name)", content: DocumentPartView(part, of: entry.api), in: context)
    }

    /// The API of the request's slug, where whoever asks may see it.
    private func entry(in context: PageRequestContext) async throws -> CatalogEntry {
        let slug = context.parameters.get("slug") ?? ""
        let entry = try await flows.catalogReading.entry(slug, in: context.portal, visibleAs: context.visibility)
        guard entry.api.slug == slug else { throw HTTPError(.notFound) }
        return entry
    }

    private func rendered(_ entry: CatalogEntry, in context: PageRequestContext) async throws -> RenderedDocument? {
        let reading = flows.catalogReading
        return try await documents.document(of: entry.api, in: context.book) { try await reading.document(of: entry) }
    }

    /// What somebody looks for; nil for everything.
    static func search(_ field: String, in query: FormFields) -> String? {
        let words = query[field].prefix(maximumSearchLength).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : words
    }
}

extension PageRequestContext {
    /// Which APIs whoever asks may see.
    var visibility: Visibility { visitor.developer == nil ? .public : .private }
}
