import Accounts
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// The most characters of a search that are looked for.
    private static let maximumSearchLength = 100
    /// How many APIs are read from the store in one go.
    private static let readAtOnce = 1000

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
        let slug = context.parameters.get("slug") ?? ""
        let visibility: Visibility = context.visitor.developer == nil ? .public : .private
        let entry = try await flows.catalogReading.entry(slug, in: context.portal, visibleAs: visibility)
        guard entry.api.slug == slug else { throw HTTPError(.notFound) }
        return try renderer.response(.api, title: entry.api.name, content: PublishedAPIView(entry, in: context.book), in: context)
    }

    private func everything(in portal: Portal) async throws -> [CatalogEntry] {
        var entries: [CatalogEntry] = []
        while true {
            let page = try await flows.catalogReading.entries(
                in: portal, visibleAs: .private,
                page: PageRequest(number: entries.count / Self.readAtOnce + 1, size: Self.readAtOnce))
            entries += page.elements
            guard !page.elements.isEmpty, entries.count < page.total else { return entries }
        }
    }
}
