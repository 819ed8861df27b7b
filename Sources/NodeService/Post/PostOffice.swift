import Accounts
import Logging
import Mail
import PortalPages
import ServiceLifecycle

/// How a geo's mails leave: by SMTP, or into a folder that the development mailbox shows.
struct PostOffice: Sendable {
    /// The reader of that folder; nil where mail is really sent.
    let mailbox: (any MailboxReader)?
    private let settings: MailSettings
    private let transport: any MailTransport
    private let clock: any WallClock
    private let logger: Logger

    init(_ configuration: NodeConfiguration, clock: any WallClock, logger: Logger) {
        settings = configuration.mail
        self.clock = clock
        self.logger = logger
        switch configuration.mail.transport {
        case .maildir:
            let folder = "\(configuration.dataFolder)/mail"
            transport = MaildirTransport(folder: folder)
            mailbox = DevelopmentMailbox(maildir: Maildir(folder: folder))
        case .smtp(let server):
            transport = SMTPTransport(settings: server)
            mailbox = nil
        }
    }

    /// The service that empties the outbox.
    func delivery(of store: any OutboxStore, looks: any MailLookSource, underWay: MailsUnderWay) -> any Service {
        OutboxDelivery(
            store: store, transport: transport, from: settings.from, looks: looks, domains: settings.portalSenderDomains,
            underWay: underWay, clock: clock, logger: logger)
    }
}
