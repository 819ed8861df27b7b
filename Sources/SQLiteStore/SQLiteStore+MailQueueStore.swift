import Accounts
import Foundation
import GRDB

extension SQLiteStore: MailQueueStore {
    public func queuedMails(
        matching filter: MailFilter, order: MailOrder, page: PageRequest
    ) async throws -> Page<QueuedMail> {
        let sealing = sealing
        return try await read { database in
            let found = try MailListing(database: database, filter: filter, order: order).page(page)
            return Page(elements: try found.rows.map { try QueuedMail(row: $0, openedBy: sealing) }, total: found.total)
        }
    }

    public func queuedMail(_ id: MailID) async throws -> QueuedMail? {
        let sealing = sealing
        return try await read { try $0.queuedMail(id, openedBy: sealing) }
    }

    public func queuedMailCounts(matching filter: MailFilter) async throws -> MailCounts {
        var filter = filter
        filter.stage = nil
        let asked = filter
        return try await read { try MailListing(database: $0, filter: asked).counts() }
    }

    public func step<Outcome: Sendable>(
        onMail id: MailID, decide: @escaping @Sendable (QueuedMail?) throws -> MailDecision<Outcome>
    ) async throws -> Outcome {
        let (sealing, now) = (sealing, clock.now)
        return try await commits.perform { database, effects in
            let found = try database.queuedMail(id, openedBy: sealing)
            let decision = try decide(found)
            guard found != nil else { return decision.outcome }
            switch decision.change {
            case .retry(let moment):
                try database.retry(id, at: moment)
                effects.retriesMail = true
            case .discard: try database.run("DELETE FROM outbox WHERE id = ? AND state <> 'delivered'", [id.stored])
            case nil: break
            }
            try database.append(decision.events, at: now)
            return decision.outcome
        }
    }

    public func retryDeadLetters(
        matching filter: MailFilter, after place: Int64, limit: Int, at now: Timestamp, by actor: AuditActor
    ) async throws -> MailBatch {
        let recorded = clock.now
        return try await commits.perform { database, effects in
            let rows = try database.deadLetterRows(matching: filter, after: place, limit: limit)
            for row in rows { try database.retry(row.id("id"), at: now) }
            effects.retriesMail = !rows.isEmpty
            let events = try rows.map { row in
                AuditEvent(
                    .mailRetried, by: actor, onMail: try row.id("id"), of: MailKind(rawValue: try row.value("kind")),
                    portal: try row.portal, developer: try row.developer)
            }
            try database.append(events, at: recorded)
            return MailBatch(
                count: rows.count, end: rows.count == limit ? try rows.last.map { try $0.value("sequence") } : nil)
        }
    }
}

extension Database {
    fileprivate func queuedMail(_ id: MailID, openedBy sealing: MailSealing) throws -> QueuedMail? {
        try row("SELECT * FROM outbox WHERE id = ? AND state <> 'delivered'", [id.stored])
            .map { try QueuedMail(row: $0, openedBy: sealing) }
    }

    /// A dead letter counts its attempts anew.
    fileprivate func retry(_ id: MailID, at now: Timestamp) throws {
        try run(
            """
            UPDATE outbox SET attempts = CASE state WHEN 'dead' THEN 0 ELSE attempts END, state = 'queued', finished_at = NULL,
                due_at = ?
            WHERE id = ? AND state <> 'delivered'
            """, [now.milliseconds, id.stored])
    }

    fileprivate func deadLetterRows(matching filter: MailFilter, after place: Int64, limit: Int) throws -> [Row] {
        try rows(
            """
            SELECT sequence, id, kind, portal, developer FROM outbox INDEXED BY outbox_dead
            WHERE state = 'dead' AND sequence > :place AND (:portal IS NULL OR portal = :portal)
                AND (:kind IS NULL OR kind = :kind)
            ORDER BY sequence LIMIT :limit
            """, ["place": place, "portal": filter.portal?.stored, "kind": filter.kind?.rawValue, "limit": limit])
    }
}

extension QueuedMail {
    fileprivate init(row: Row, openedBy sealing: MailSealing) throws {
        let opened = try? SealedMail(row: row).opened(by: sealing)
        let stage: MailStage = try row.choice("stage")
        self.init(
            id: try row.id("id"), kind: MailKind(rawValue: try row.value("kind")) ?? opened.map { MailKind($0.message) },
            portal: try row.portal ?? opened?.message.portal, developer: try row.developer, recipient: opened?.recipient,
            linkExpiresAt: opened?.linkExpiresAt, stage: stage, attempts: try row.value("attempts"),
            problem: try row.optional("problem"), createdAt: try row.time("created_at"),
            nextAttemptAt: stage == .deadLetter ? nil : try row.time("due_at"), failedAt: try row.optionalTime("finished_at"))
    }
}

extension Row {
    fileprivate var portal: PortalID? {
        get throws {
            let bytes: Data = try value("portal")
            return bytes.isEmpty ? nil : try id("portal")
        }
    }

    fileprivate var developer: DeveloperID? {
        get throws {
            let bytes: Data? = try optional("developer")
            return try bytes.map { _ in try id("developer") }
        }
    }
}
