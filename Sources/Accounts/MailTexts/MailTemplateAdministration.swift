import Geography
import Languages

/// Shows and changes the texts of a portal's mails (contract operations on `email-templates`).
public struct MailTemplateAdministration: Sendable {
    let store: any PortalStore & MailTemplateStore
    let writer: any MailWriter
    let mint: Mint
    let clock: any WallClock
    let links: PortalLinks
    let allowance: TestMailAllowance

    public func usualText(of template: MailTemplateName, in language: Language) -> MailText {
        writer.usualText(of: template, in: language)
    }

    /// What a portal chose; nothing for what is as usual.
    public func templates(of portal: PortalID) async throws -> [MailTemplateName: CustomMailTemplate] {
        let templates = try await store.mailTemplates(of: portal)
        return Dictionary(uniqueKeysWithValues: templates.map { ($0.name, $0) })
    }

    /// Nil where everything is as usual.
    public func template(_ name: MailTemplateName, of portal: PortalID) async throws -> CustomMailTemplate? {
        try await store.mailTemplate(name, of: portal)
    }

    /// Changes what the draft names, and in one language; what waits in the outbox follows.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)``, ``AccountError/notFound(_:)``.
    public func change(
        _ name: MailTemplateName, of portal: PortalID, in language: Language, with draft: MailTextDraft, by actor: AuditActor
    ) async throws -> CustomMailTemplate {
        let now = clock.now
        let event = AuditEvent(.mailTemplateChanged, by: actor, portal: portal, subject: name.rawValue)
        let changed = try await store.changeMailTemplate(name, of: portal, recording: event) { known in
            var template = known ?? CustomMailTemplate(name: name, createdAt: now, updatedAt: now)
            try draft.apply(to: &template, in: language)
            template.updatedAt = now
            return template.isDefault ? nil : template
        }
        return changed ?? CustomMailTemplate(name: name, createdAt: now, updatedAt: now)
    }

    /// Brings the usual texts back.
    ///
    /// - Parameter language: nil for all of them, and for mails that were off.
    /// - Throws: ``AccountError/notFound(_:)``, also where there is nothing to bring back.
    public func reset(
        _ name: MailTemplateName, of portal: PortalID, in language: Language?, by actor: AuditActor
    ) async throws {
        let now = clock.now
        let event = AuditEvent(.mailTemplateReset, by: actor, portal: portal, subject: name.rawValue)
        _ = try await store.changeMailTemplate(name, of: portal, recording: event) { known in
            guard var template = known else { throw AccountError.notFound("custom e-mail template") }
            guard let language else { return nil }
            guard template.texts.removeValue(forKey: language) != nil else {
                throw AccountError.notFound("custom e-mail template in this language")
            }
            template.updatedAt = now
            return template.isDefault ? nil : template
        }
    }

    /// How a mail with this text would look to its reader.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for a text that could not be kept.
    public func preview(
        _ name: MailTemplateName, with text: MailText, in language: Language, at portal: Portal
    ) async throws -> MailPreview {
        try text.check(for: name)
        let look = MailLook(accent: portal.look.accent)
        // Shown only; nothing is sent there.
        return try writer.preview(
            sample(name, with: text, in: language, at: portal, to: EmailAddress("jane@example.com")), look: look)
    }

    /// What became of the wish for a test.
    public enum TestMailOutcome: Hashable, Sendable {
        case queued
        case tooMany(retryAfterSeconds: Int)
    }

    /// Sends a mail with this text to the admin who asks, and to nobody else.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for a text that could not be kept.
    public func sendTest(
        _ name: MailTemplateName, with text: MailText, in language: Language, at portal: Portal, to admin: Admin
    ) async throws -> TestMailOutcome {
        try text.check(for: name)
        let record: ThrottleRecord
        switch allowance.take(for: admin.id, at: clock.now) {
        case .taken(let taken): record = taken
        case .tooMany(let seconds): return .tooMany(retryAfterSeconds: seconds)
        }
        let mail = sample(name, with: text, in: language, at: portal, to: admin.email)
        let event = AuditEvent(.mailTemplateTested, by: .admin(admin.id), portal: portal.id, subject: name.rawValue)
        try await store.promise(mail, recording: event, throttles: [record])
        return .queued
    }

    private func sample(
        _ name: MailTemplateName, with text: MailText, in language: Language, at portal: Portal, to recipient: EmailAddress
    ) -> OutboxMail {
        let home = links.home(of: portal)
        let message = AccountMessage(
            portal: portal.id, portalName: portal.displayName, portalLink: home, content: name.sample(link: home),
            language: language, trial: text)
        return OutboxMail(id: mint.id(), recipient: recipient, message: message, createdAt: clock.now)
    }
}
