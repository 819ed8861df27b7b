/// Keeps what portals chose for their mails.
public protocol MailTemplateStore: Sendable {
    /// Those that are not as usual, in any order.
    func mailTemplates(of portal: PortalID) async throws -> [CustomMailTemplate]

    func mailTemplate(_ name: MailTemplateName, of portal: PortalID) async throws -> CustomMailTemplate?

    /// One atomic step on what a portal chose for one kind of mail.
    ///
    /// - Parameters:
    ///   - event: what the audit log tells of it.
    ///   - change: from what is known, nil for nothing, to what is kept, nil for nothing.
    /// - Returns: what is kept.
    /// - Throws: what `change` throws; ``AccountError/notFound(_:)`` for the portal.
    func changeMailTemplate(
        _ name: MailTemplateName, of portal: PortalID, recording event: AuditEvent,
        change: @escaping @Sendable (CustomMailTemplate?) throws -> CustomMailTemplate?
    ) async throws -> CustomMailTemplate?

    /// Puts a mail that belongs to no account into the outbox.
    ///
    /// - Parameter throttles: counts that are kept with it.
    func promise(_ mail: OutboxMail, recording event: AuditEvent, throttles: [ThrottleRecord]) async throws
}
