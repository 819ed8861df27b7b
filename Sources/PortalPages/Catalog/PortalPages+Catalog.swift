import Accounts
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// `GET /`: one page of what is published here, filtered by `q`.
    @Sendable func catalog(_ request: Request, context: PageRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let search = Self.search("q", in: query)
        let (page, found) = try await found(search, page: Pager.number(in: query), in: context)
        let one = PageRequest(size: 1)
        let visible = try await flows.catalogReading.entries(
            in: context.portal, visibleAs: context.visibility, page: one
        ).total
        let all = try await flows.catalogReading.entries(in: context.portal, visibleAs: .private, page: one).total
        let view = CatalogView(found, page: page, search: search, visible: visible, all: all, in: context)
        return try renderer.response(.catalog, title: context.book["portal.catalog.title"], content: view, in: context)
    }

    /// The page that is asked for, or the last one for somebody with an address from when there were more.
    private func found(
        _ search: String?, page number: Int, in context: PageRequestContext
    ) async throws -> (page: PageRequest, found: Page<CatalogEntry>) {
        let search = search ?? ""
        var page = PageRequest(number: number, size: CatalogView.pageSize)
        var found = try await flows.catalogReading.search(
            search, in: context.portal, visibleAs: context.visibility, page: page)
        if found.elements.isEmpty, number > 1 {
            page = PageRequest(number: max(1, (found.total + page.size - 1) / page.size), size: page.size)
            found = try await flows.catalogReading.search(
                search, in: context.portal, visibleAs: context.visibility, page: page)
        }
        return (page, found)
    }
}
