import Accounts

extension InMemoryStore: MailTemplateStore {
    package func mailTemplates(of portal: PortalID) -> [CustomMailTemplate] { Array((mailTemplates[portal] ?? [:]).values) }

    package func mailTemplate(_ name: MailTemplateName, of portal: PortalID) -> CustomMailTemplate? {
        mailTemplates[portal]?[name]
    }

    package func changeMailTemplate(
        _ name: MailTemplateName, of portal: PortalID, recording event: AuditEvent,
        change: @escaping @Sendable (CustomMailTemplate?) throws -> CustomMailTemplate?
    ) throws -> CustomMailTemplate? {
        guard self.portal(portal) != nil else { throw AccountError.notFound("portal") }
        let changed = try change(mailTemplate(name, of: portal))
        mailTemplates[portal, default: [:]][name] = changed
        record([event], throttles: [])
        return changed
    }

    package func promise(_ mail: OutboxMail, recording event: AuditEvent, throttles: [ThrottleRecord]) {
        promise([mail], of: nil)
        record([event], throttles: throttles)
    }
}
