import Accounts
import ConfigurationFiles

/// How a geo's mails are sent and by whom: the `mail` section of `node.yaml`.
///
/// ```yaml
/// mail:
///   transport: smtp
///   from: Acme Developer Portal <no-reply@acme.example>
///   smtp: {host: smtp.acme.example, port: 587, username: portal, password_file: smtp.password}
/// ```
public struct MailSettings: Equatable, Sendable {
    /// Where mails go.
    public enum Transport: Equatable, Sendable {
        /// One file for each mail in the data folder, for a developer's machine.
        case maildir
        case smtp(SMTPSettings)
    }

    private enum TransportName: String, CaseIterable {
        case maildir, smtp
    }

    public let transport: Transport
    public let from: Mailbox
    /// Where portals may have addresses of their own.
    public let portalSenderDomains: MailSenderDomains

    public init(transport: Transport, from: Mailbox, portalSenderDomains: MailSenderDomains = MailSenderDomains()) {
        self.transport = transport
        self.from = from
        self.portalSenderDomains = portalSenderDomains
    }

    /// Reads the section, with the environment over it.
    ///
    /// - Parameter folder: the folder of the file: relative paths start there.
    /// - Throws: `ConfigurationError` naming the key, its line and what was expected.
    public init(reading section: ConfigurationSection, folder: String) throws {
        let transport = try section.choice("transport", of: TransportName.self) ?? .maildir
        from = try section.required("from", expecting: "a sender such as Acme Developer Portal <no-reply@acme.example>") {
            try Mailbox($0)
        }
        let domains = try section.list("portal_sender_domains", expecting: "a domain such as acme.example") {
            MailSenderDomains.domain($0)
        }
        portalSenderDomains = MailSenderDomains(domains) ?? MailSenderDomains()
        let smtp = try section.section("smtp")
        switch transport {
        case .maildir:
            // A section that is not in use at the moment is held to its rules all the same.
            if section.has("smtp") { _ = try SMTPSettings(reading: smtp, folder: folder) }
            self.transport = .maildir
        case .smtp: self.transport = .smtp(try SMTPSettings(reading: smtp, folder: folder))
        }
        try section.finish()
    }
}
