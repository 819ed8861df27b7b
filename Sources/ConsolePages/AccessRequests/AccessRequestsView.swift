import Accounts
import Languages
import WebPages

/// What the template of waiting developers shows.
struct AccessRequestsView {
    static let pageSize = 25

    struct Row {
        let field: String
        let name: String
        let email: String
        let path: String
        let since: String
        let sinceDate: String
        let isChecked: Bool
    }

    struct Button {
        let step: String
        let label: String
        let style: String
    }

    let title: String
    let count: String
    let rows: [Row]
    let hasRows: Bool
    let mayDecide: Bool
    let action: String
    /// Checks every box of the page, or none.
    let selection: NavigationEntry
    let buttons: [Button]
    let notice: NoticeView?
    let problem: ProblemView?
    /// Why nobody waits where the portal decides by itself; nil where it does not.
    let automatic: String?
    let pager: Pager

    /// The prefix of a check box's name; behind it stands the developer's id.
    static let field = "developer-"

    init(
        _ found: Page<Developer>, page: Int, at portal: Portal, selectsAll: Bool, notice: NoticeView?, problem: ProblemView?,
        in context: ConsoleRequestContext
    ) {
        let book = context.book
        title = book["console.requests.title"]
        count = book.text("console.requests.count", count: found.total)
        let path = PortalArea.requests.path(at: portal)
        action = path
        mayDecide = context.may(.decideAboutDevelopers)
        rows = found.elements.map { developer in
            Row(
                field: Self.field + developer.id.description, name: developer.fullName.value, email: developer.email.value,
                path: "\(PortalArea.developers.path(at: portal))/\(developer.id)", since: book.day(developer.createdAt),
                sinceDate: developer.createdAt.iso8601, isChecked: selectsAll)
        }
        hasRows = !rows.isEmpty
        pager = Pager(page: page, size: Self.pageSize, total: found.total, path: path, query: [], in: book)
        let place = pager.page > 1 ? [(name: "page", value: String(pager.page))] : []
        selection = NavigationEntry(
            path: LocalPath.address(path, query: place + (selectsAll ? [] : [(name: "selected", value: "all")])),
            label: selectsAll ? book["console.requests.selectNone"] : book["console.requests.selectAll"], isCurrent: selectsAll)
        buttons = [(DeveloperStep.approve, ""), (.reject, " quiet"), (.delete, " quiet danger-quiet")].map { step, style in
            Button(step: step.rawValue, label: step.button(in: book), style: style)
        }
        self.notice = notice
        self.problem = problem
        automatic = portal.settings.autoApproveDevelopers ? context.book["console.requests.emptyAutomatic"] : nil
    }
}
