import Accounts
import Languages
import WebPages

/// What the template of one mail of the queue shows.
struct MailView {
    let title: String
    let back: String
    let action: String
    let recipient: String
    let portal: String
    let state: String
    let attempts: String
    let problemText: String?
    let next: String?
    let failed: String?
    let link: String?
    let isLinkExpired: Bool
    let written: String
    let mayRetry: Bool
    let mayDiscard: Bool
    let hasButtons: Bool
    let problem: ProblemView?

    init(
        _ mail: QueuedMail, of portal: Portal?, now: Timestamp, refused message: PageMessage?, in context: ConsoleRequestContext
    ) {
        let book = context.book
        title = mail.kindLabel(in: book)
        back = ConsoleArea.mails.path
        action = "\(back)/\(mail.id)"
        recipient = mail.recipientLabel(in: book)
        self.portal = portal?.displayName ?? mail.portal?.description ?? book["console.mails.console"]
        state = mail.stage.label(in: book)
        attempts = book.number(mail.attempts)
        problemText = mail.problem
        next = mail.nextAttemptAt.map { book.minute($0) }
        failed = mail.failedAt.map { book.minute($0) }
        link = mail.linkExpiresAt.map { book.minute($0) }
        isLinkExpired = mail.linkExpiresAt.map { $0 <= now } ?? false
        written = book.minute(mail.createdAt)
        mayRetry = context.may(.decideAboutMails)
        mayDiscard = context.admin.map { MailQueue.mayDiscard(mail, role: $0.role) } ?? false
        hasButtons = mayRetry || mayDiscard
        problem = message.map { ProblemView($0, fields: []) }
    }
}
