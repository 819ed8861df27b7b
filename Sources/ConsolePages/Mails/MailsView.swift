import Accounts
import Languages
import WebPages

/// What the template of the queue shows.
struct MailsView {
    static let pageSize = 25

    struct Row {
        let kind: String
        let path: String
        let recipient: String
        let portal: String
        let state: String
        let isDead: Bool
        /// How often it was tried; nil for never.
        let attempts: String?
        let problem: String?
        let written: String
        let writtenDate: String
    }

    let title: String
    let count: String
    let rows: [Row]
    let hasRows: Bool
    let action: String
    let choices: [SelectView]
    /// The whole list, where not all of it is shown.
    let everything: String?
    /// Whether all dead letters can be tried again: there are some, and whoever looks may.
    let mayRetryAll: Bool
    /// What goes with the button: of which portal and kind.
    let hidden: [ConfirmationView.HiddenField]
    let notice: NoticeView?
    let pager: Pager

    /// - Parameters:
    ///   - counts: of the portal and the kind that are asked for.
    ///   - portals: to choose from.
    init(
        _ found: Page<QueuedMail>, for query: MailListQuery, counts: MailCounts, portals: [Portal], notice: NoticeView?,
        in context: ConsoleRequestContext
    ) {
        let book = context.book
        let path = ConsoleArea.mails.path
        title = book["console.mails.title"]
        count = book.text("console.mails.count", count: found.total)
        let names = Dictionary(portals.map { ($0.id, $0.displayName) }) { first, _ in first }
        rows = found.elements.map { mail in
            Row(
                kind: mail.kindLabel(in: book), path: "\(path)/\(mail.id)", recipient: mail.recipientLabel(in: book),
                portal: mail.portal.map { names[$0] ?? $0.description } ?? book["console.mails.console"],
                state: mail.stage.label(in: book), isDead: mail.stage == .deadLetter,
                attempts: mail.attempts > 0 ? book.text("console.mails.attempts", count: mail.attempts) : nil,
                problem: mail.problem, written: book.minute(mail.createdAt), writtenDate: mail.createdAt.iso8601)
        }
        hasRows = !rows.isEmpty
        action = path
        choices = [
            SelectView(
                "state", label: book["console.mails.state"],
                options: [("", "\(book["console.mails.all"]) (\(book.number(counts.all)))")]
                    + MailStage.allCases.map { ($0.rawValue, "\($0.label(in: book)) (\(book.number(counts[$0])))") },
                selected: query.stage?.rawValue ?? ""),
            SelectView(
                "portal", label: book["console.mails.portal"],
                options: [("", book["console.mails.all"])] + portals.map { ($0.id.description, $0.displayName) },
                selected: query.portal?.description ?? ""),
            SelectView(
                "kind", label: book["console.mails.mail"],
                options: [("", book["console.mails.all"])] + MailKind.allCases.map { ($0.rawValue, $0.label(in: book)) },
                selected: query.kind?.rawValue ?? ""),
        ]
        everything = query.isNarrow ? path : nil
        mayRetryAll = counts.deadLetters > 0 && context.may(.decideAboutMails)
        hidden = query.pairs.filter { $0.name != "state" }.map { ConfirmationView.HiddenField(name: $0.name, value: $0.value) }
        self.notice = notice
        pager = Pager(page: query.page, size: Self.pageSize, total: found.total, path: path, query: query.pairs, in: book)
    }
}
