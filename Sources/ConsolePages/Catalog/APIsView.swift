import Accounts
import Languages
import WebPages

/// What the template of all APIs shows.
struct APIsView {
    static let pageSize = 25

    struct Row {
        let name: String
        let path: String
        let version: String?
        let slug: String
        let changed: String
    }

    let title: String
    let count: String
    let search: String
    let rows: [Row]
    let hasRows: Bool
    /// The way to a new one, for whoever may make one.
    let new: String?
    let notice: NoticeView?
    let pager: Pager

    init(_ found: Page<PublishedAPI>, page: Int, search: String, notice: String?, in context: ConsoleRequestContext) {
        let book = context.book
        title = book["console.catalog.title"]
        count = book.text("console.catalog.count", count: found.total)
        self.search = search
        rows = found.elements.map {
            Row(name: $0.name, path: "/apis/\($0.id)", version: $0.version, slug: $0.slug, changed: book.day($0.updatedAt))
        }
        hasRows = !rows.isEmpty
        new = context.may(.managePortals) ? "/apis/new" : nil
        self.notice = NoticeView(notice)
        pager = Pager(
            page: page, size: Self.pageSize, total: found.total, path: "/apis", query: search.isEmpty ? [] : [("q", search)],
            in: book)
    }
}
