import Geography
import Languages

/// Writes the mails that the flows send.
struct Correspondence: Sendable {
    let links: PortalLinks
    let mint: Mint

    func verifyEmail(_ developer: Developer, token: GeoUUID, lifetime: Duration, at portal: Portal, now: Timestamp) -> OutboxMail
    {
        let minutes = Int(lifetime.components.seconds / 60)
        let link = links.verification(token, at: portal)
        return mail(
            to: developer, .verifyEmail(name: developer.fullName.value, link: link, validMinutes: minutes), from: portal,
            now: now)
    }

    func registrationStatus(_ developer: Developer, at portal: Portal, now: Timestamp) -> OutboxMail {
        let content = AccountMessage.Content.registrationStatus(
            name: developer.fullName.value, status: developer.status, logInLink: links.logIn(at: portal))
        return mail(to: developer, content, from: portal, now: now)
    }

    func approved(_ developer: Developer, at portal: Portal, now: Timestamp) -> OutboxMail {
        mail(
            to: developer, .approved(name: developer.fullName.value, logInLink: links.logIn(at: portal)), from: portal,
            now: now)
    }

    func invited(_ developer: Developer, token: GeoUUID, lifetime: Duration, at portal: Portal, now: Timestamp) -> OutboxMail {
        let minutes = Int(lifetime.components.seconds / 60)
        let link = links.passwordReset(token, at: portal)
        return mail(
            to: developer, .invited(name: developer.fullName.value, link: link, validMinutes: minutes), from: portal,
            now: now)
    }

    func invitedToSignOn(_ developer: Developer, at portal: Portal, now: Timestamp) -> OutboxMail {
        mail(
            to: developer, .invitedToSignOn(name: developer.fullName.value, link: links.signOn(at: portal)), from: portal,
            now: now)
    }

    func resetPassword(_ developer: Developer, token: GeoUUID, lifetime: Duration, at portal: Portal, now: Timestamp)
        -> OutboxMail
    {
        let minutes = Int(lifetime.components.seconds / 60)
        let link = links.passwordReset(token, at: portal)
        return mail(
            to: developer, .resetPassword(name: developer.fullName.value, link: link, validMinutes: minutes), from: portal,
            now: now)
    }

    func passwordChanged(_ developer: Developer, at portal: Portal, now: Timestamp) -> OutboxMail {
        let content = AccountMessage.Content.passwordChanged(
            name: developer.fullName.value, forgotPasswordLink: links.forgotPassword(at: portal))
        return mail(to: developer, content, from: portal, now: now)
    }

    /// One mail to each admin; it names the developer only where the portal allows that.
    func approvalRequested(
        _ developer: Developer, to admins: [EmailAddress], at portal: Portal, now: Timestamp
    ) -> [OutboxMail] {
        let applicant =
            portal.settings.adminMailsNameDevelopers
            ? AccountMessage.Applicant(name: developer.fullName.value, email: developer.email.value) : nil
        return admins.map { admin in
            let content = AccountMessage.Content.approvalRequested(
                developer: applicant, consoleLink: links.accessRequests(at: portal))
            return mail(to: admin, content, from: portal, now: now)
        }
    }

    /// Chooses an admin's password.
    func consolePassword(_ admin: Admin, token: GeoUUID, lifetime: Duration, now: Timestamp) -> OutboxMail {
        let link = links.consolePassword(token)
        return mail(to: admin, .consolePassword(link: link, validMinutes: Int(lifetime.components.seconds / 60)), now: now)
    }

    func consoleChanged(_ admin: Admin, _ change: AccountMessage.ConsoleChangeTold, now: Timestamp) -> OutboxMail {
        mail(to: admin, .consoleChanged(change, consoleLink: links.console), now: now)
    }

    /// What is no portal's comes from the console.
    private func mail(to admin: Admin, _ content: AccountMessage.Content, now: Timestamp) -> OutboxMail {
        let message = AccountMessage(portalName: links.consoleName, portalLink: links.console, content: content)
        return OutboxMail(id: mint.id(), recipient: admin.email, message: message, createdAt: now)
    }

    private func mail(
        to developer: Developer, _ content: AccountMessage.Content, from portal: Portal, now: Timestamp
    ) -> OutboxMail { mail(to: developer.email, content, in: developer.language, from: portal, now: now) }

    /// - Parameter language: the reader's; nil for the fallback.
    private func mail(
        to recipient: EmailAddress, _ content: AccountMessage.Content, in language: Language? = nil, from portal: Portal,
        now: Timestamp
    ) -> OutboxMail {
        let message = AccountMessage(
            portal: portal.id, portalName: portal.displayName, portalLink: links.home(of: portal), content: content,
            language: language)
        return OutboxMail(id: mint.id(), recipient: recipient, message: message, createdAt: now)
    }
}
