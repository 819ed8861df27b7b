import Mail
import NIOPosix
import PortalPages

/// Shows the mails of a maildir on the portal's pages. Reading files blocks, so it is done on threads that may.
struct DevelopmentMailbox: MailboxReader {
    let maildir: Maildir

    func mails(limit: Int) async throws -> [MailboxMail] {
        try await NIOThreadPool.singleton.runIfActive { try maildir.mails(limit: limit).map(MailboxMail.init) }
    }

    func mail(_ id: String) async throws -> MailboxMail? {
        try await NIOThreadPool.singleton.runIfActive { try maildir.mail(id).map(MailboxMail.init) }
    }
}

extension MailboxMail {
    init(_ mail: MaildirMail) {
        self.init(
            id: mail.id.description, recipient: mail.recipient, subject: mail.subject, date: mail.date, text: mail.text,
            html: mail.html)
    }
}
