import Accounts
import Languages
import WebPages

/// What the template of a portal's developers shows.
struct DevelopersView {
    static let pageSize = 25

    struct Row {
        let name: String
        let email: String
        let path: String
        let status: String
        let isApproved: Bool
        let since: String
        let sinceDate: String
    }

    let title: String
    let count: String
    let rows: [Row]
    let hasRows: Bool
    let action: String
    /// What is looked for.
    let search: String
    let choices: [SelectView]
    /// The whole list, where not all of it is shown.
    let everybody: String?
    /// The list of every address that contains the one that was found.
    let containing: String?
    let invitation: String?
    let notice: NoticeView?
    let problem: ProblemView?
    let pager: Pager

    init(
        _ found: Page<Developer>, for query: DeveloperListQuery, isWholeAddress: Bool, at portal: Portal, notice: NoticeView?,
        problem: ProblemView?, in context: ConsoleRequestContext
    ) {
        let book = context.book
        let path = PortalArea.developers.path(at: portal)
        title = book["console.developers.title"]
        let isCounted = query.text.isEmpty || found.total <= DeveloperFilter.countedMatches
        count =
            isCounted
            ? book.text("console.developers.count", count: found.total)
            : book.text("console.developers.many", ["count": book.number(DeveloperFilter.countedMatches)])
        rows = found.elements.map { developer in
            Row(
                name: developer.fullName.value, email: developer.email.value, path: "\(path)/\(developer.id)",
                status: developer.statusLabel(in: book), isApproved: developer.status == .approved,
                since: book.day(developer.createdAt), sinceDate: developer.createdAt.iso8601)
        }
        hasRows = !rows.isEmpty
        action = path
        search = query.text
        choices = [
            SelectView(
                "in", label: book["console.developers.searchIn"],
                options: DeveloperListQuery.Field.allCases.map { ($0.rawValue, $0.label(in: book)) },
                selected: query.field.rawValue),
            SelectView(
                "status", label: book["console.developers.status"],
                options: DeveloperListQuery.State.allCases.map { ($0.rawValue, $0.label(in: book)) },
                selected: query.state.rawValue),
            SelectView(
                "sort", label: book["console.developers.sort"],
                options: DeveloperListQuery.Sorting.allCases.map { ($0.rawValue, $0.label(in: book)) },
                selected: query.sorting.rawValue),
        ]
        everybody = query.isNarrow ? path : nil
        containing = isWholeAddress ? LocalPath.address(path, query: query.pairsOfParts) : nil
        invitation = context.may(.decideAboutDevelopers) ? "\(path)/invite" : nil
        self.notice = notice
        self.problem = problem
        pager = Pager(
            page: query.page, size: Self.pageSize, total: found.total, isCounted: isCounted, path: path, query: query.pairs,
            in: book)
    }
}

extension Developer {
    /// Where the registration stands; an address that is not verified comes before everything else.
    func statusLabel(in book: Phrasebook) -> String {
        status == .pending && !isVerified && origin == .registration
            ? book["console.statuses.unverified"] : status.label(in: book)
    }
}
