import Accounts
import WebPages

extension ConsolePages {
    /// One page of a list, and the ways to the others; a page beyond the end is the last one.
    ///
    /// - Parameters:
    ///   - path: of the list.
    ///   - query: of the request, which says which page.
    func page<Element>(
        of size: Int, at path: String, asked query: FormFields, in context: ConsoleRequestContext,
        _ find: (PageRequest) async throws -> Page<Element>
    ) async throws -> (found: Page<Element>, pager: Pager) {
        let number = Pager.number(in: query)
        let found = try await find(PageRequest(number: number, size: size))
        let pager = Pager(page: number, size: size, total: found.total, path: path, query: [], in: context.book)
        return pager.page == number ? (found, pager) : (try await find(PageRequest(number: pager.page, size: size)), pager)
    }
}
