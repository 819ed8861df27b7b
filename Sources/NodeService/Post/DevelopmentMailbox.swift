import Mail
import PortalPages

/// Shows the mails of a maildir on the portal's pages.
struct DevelopmentMailbox: MailboxReader {
    let maildir: Maildir

    func mails(limit: Int) async throws -> [MailboxMail] { try maildir.mails(limit: limit).map(MailboxMail.init) }

    func mail(_ id: String) async throws -> MailboxMail? { try maildir.mail(id).map(MailboxMail.init) }
}

extension MailboxMail {
    init(_ mail: MaildirMail) {
        self.init(
            id: mail.id.description, recipient: mail.recipient, subject: mail.subject, date: mail.date, text: mail.text,
            html: mail.html)
    }
}
