import Accounts
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// The most characters of a search that are looked for.
    private static let maximumSearchLength = 100

    /// `GET /`: what is published here, filtered by `q`.
    @Sendable func catalog(_ request: Request, context: PageRequestContext) async throws -> Response {
        let entries = try await everything(in: context.portal)
        let search = FormFields(queryOf: request)["q"].prefix(Self.maximumSearchLength).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let view = CatalogView(entries, search: search.isEmpty ? nil : search, in: context)
        return try renderer.response(.catalog, title: context.book["portal.catalog.title"], content: view, in: context)
    }

    /// `GET /apis/{slug}`: one API; missing for those who may not see it.
    @Sendable func publishedAPI(_ request: Request, context: PageRequestContext) async throws -> Response {
        let slug = context.parameters.get("slug")
        let entries = try await everything(in: context.portal)
        guard let entry = entries.first(where: { $0.api.slug == slug && $0.isVisible(to: context.visitor) }) else {
            throw HTTPError(.notFound)
        }
        return try renderer.response(.api, title: entry.api.name, content: PublishedAPIView(entry, in: context.book), in: context)
    }

    private func everything(in portal: Portal) async throws -> [CatalogEntry] {
        try await flows.catalogReading.entries(in: portal, visibleAs: .private, page: PageRequest(size: 1000)).elements
    }
}
