import Accounts
import GRDB

extension SQLiteStore: MailTemplateStore {
    public func mailTemplates(of portal: PortalID) async throws -> [CustomMailTemplate] {
        try await read { database in
            try database.rows("SELECT * FROM mail_template WHERE portal = ?", [portal.stored])
                // One that this version does not know is another version's.
                .filter { MailTemplateName(rawValue: try $0.value("name")) != nil }
                .map(CustomMailTemplate.init(row:))
        }
    }

    public func mailTemplate(_ name: MailTemplateName, of portal: PortalID) async throws -> CustomMailTemplate? {
        try await read { try $0.mailTemplate(name, of: portal) }
    }

    public func changeMailTemplate(
        _ name: MailTemplateName, of portal: PortalID, recording event: AuditEvent,
        change: @escaping @Sendable (CustomMailTemplate?) throws -> CustomMailTemplate?
    ) async throws -> CustomMailTemplate? {
        try await perform(recording: event) { database in
            _ = try database.existingPortal(portal)
            let changed = try change(try database.mailTemplate(name, of: portal))
            guard changed.map({ $0.name == name }) ?? true else {
                throw StoreError.corrupt("a step on one mail template that changes another")
            }
            try database.set(changed, as: name, of: portal)
            return changed
        }
    }

    public func promise(_ mail: OutboxMail, recording event: AuditEvent, throttles: [ThrottleRecord]) async throws {
        let now = clock.now
        let sealed = try sealing.seal(mail)
        try await commits.perform { database, effects in
            try database.insert(mail, sealed: sealed, of: nil)
            try database.keep(throttles)
            try database.append([event], at: now)
            effects.addsMail = true
        }
    }
}

extension Database {
    fileprivate func mailTemplate(_ name: MailTemplateName, of portal: PortalID) throws -> CustomMailTemplate? {
        try row("SELECT * FROM mail_template WHERE portal = ? AND name = ?", [portal.stored, name.rawValue])
            .map(CustomMailTemplate.init(row:))
    }

    fileprivate func set(_ template: CustomMailTemplate?, as name: MailTemplateName, of portal: PortalID) throws {
        try run("DELETE FROM mail_template WHERE portal = ? AND name = ?", [portal.stored, name.rawValue])
        guard let template else { return }
        try run(
            "INSERT INTO mail_template (portal, name, is_enabled, texts, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                portal.stored, name.rawValue, template.isEnabled, try template.storedTexts, template.createdAt.milliseconds,
                template.updatedAt.milliseconds,
            ])
    }
}
