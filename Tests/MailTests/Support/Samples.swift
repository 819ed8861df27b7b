import Accounts
import Geography
import Languages

@testable import Mail

/// Mails as the account flows put them into the outbox.
enum Samples {
    static let sender = try! Mailbox("Acme Developer Portal <no-reply@acme.example>")
    static let link = "https://acme.eu.portal.example.com/login?token=0193c0de-0000-8001-8000-00000000abcd"
    /// The same message for every test that does not look into it.
    static let sample = try! rendered()
    static let start = Timestamp(milliseconds: 1_790_000_000_000)

    static func mail(
        to address: String = "jane@example.com", _ content: AccountMessage.Content? = nil, portal: String = "Acme",
        language: Language? = nil, createdAt: Timestamp = start, attempts: Int = 0
    ) throws -> OutboxMail {
        let content = content ?? .verifyEmail(name: "Jane Doe", link: link, validMinutes: 1440)
        return OutboxMail(
            id: mailID(), recipient: try EmailAddress(address),
            message: AccountMessage(
                portalName: portal, portalLink: "https://acme.eu.portal.example.com", content: content, language: language),
            createdAt: createdAt, attempts: attempts)
    }

    static func rendered(
        to address: String = "jane@example.com", _ content: AccountMessage.Content? = nil, portal: String = "Acme",
        language: Language? = nil
    ) throws -> RenderedMail {
        try MailRendering(sender: sender).render(mail(to: address, content, portal: portal, language: language))
    }

    /// One of each kind of mail, with the name given.
    static func contents(name: String = "Jane Doe") -> [AccountMessage.Content] {
        let statuses = DeveloperStatus.allCases.map {
            AccountMessage.Content.registrationStatus(name: name, status: $0, logInLink: link)
        }
        return statuses + [
            .verifyEmail(name: name, link: link, validMinutes: 1440),
            .approved(name: name, logInLink: link),
            .invited(name: name, link: link, validMinutes: 7 * 1440),
            .invitedToSignOn(name: name, link: link),
            .resetPassword(name: name, link: link, validMinutes: 60),
            .passwordChanged(name: name, forgotPasswordLink: link),
            .approvalRequested(developer: nil, consoleLink: link),
            .approvalRequested(developer: .init(name: name, email: "jane@example.com"), consoleLink: link),
            .consolePassword(link: link, validMinutes: 1440), .consoleChanged(.password, consoleLink: link),
            .consoleChanged(.secondFactorRemoved, consoleLink: link),
        ]
    }

    private static func mailID() -> MailID {
        var random = SystemRandomNumberGenerator()
        return MailID(.entity(geo: try! GeoNumber(1), milliseconds: UInt64(start.milliseconds), using: &random))
    }
}
