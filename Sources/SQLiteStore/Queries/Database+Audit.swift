import Accounts
import Foundation
import GRDB
import Geography

extension Database {
    /// Adds entries to the end of the audit log.
    func append(_ events: [AuditEvent], at now: Timestamp) throws {
        guard !events.isEmpty else { return }
        var head = try auditHead()
        for event in events {
            let entry = AuditEntry(event, at: now, after: head)
            try run(
                """
                INSERT INTO audit (
                    sequence, at, actor_kind, actor, action, portal, developer, subject, from_status, to_status, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    entry.sequence, now.milliseconds, event.actor.kind, event.actor.id, event.action.rawValue,
                    event.portal?.stored, event.developer?.stored, event.subject, event.from?.rawValue, event.to?.rawValue,
                    Data(entry.hash),
                ])
            head = entry.head
        }
        try run("UPDATE stamp SET audit_sequence = ?, audit_hash = ?", [head.sequence, Data(head.hash)])
    }

    func auditHead() throws -> AuditHead {
        guard let row = try row("SELECT audit_sequence, audit_hash FROM stamp") else {
            throw StoreError.corrupt("a store without its stamp")
        }
        let hash: Data = try row.value("audit_hash")
        return AuditHead(sequence: try row.value("audit_sequence"), hash: Array(hash))
    }

    func auditEntries(matching filter: AuditFilter, after sequence: Int64, limit: Int) throws -> [AuditEntry] {
        try auditEntries(matching: filter, "sequence > :sequence", sequence, order: "sequence", limit: limit)
    }

    func auditEntries(matching filter: AuditFilter, before sequence: Int64, limit: Int) throws -> [AuditEntry] {
        try auditEntries(matching: filter, "sequence < :sequence", sequence, order: "sequence DESC", limit: limit)
    }

    private func auditEntries(
        matching filter: AuditFilter, _ start: String, _ sequence: Int64, order: String, limit: Int
    ) throws -> [AuditEntry] {
        var conditions = [start]
        var arguments: StatementArguments = ["sequence": sequence, "limit": max(0, limit)]
        func add(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [name: value]
        }
        add("developer = :developer", "developer", filter.developer?.stored)
        add("portal = :portal", "portal", filter.portal?.stored)
        add("action = :action", "action", filter.action?.rawValue)
        add("actor = :actor", "actor", filter.actor)
        add("at >= :from", "from", filter.from?.milliseconds)
        add("at < :before", "before", filter.before?.milliseconds)
        return try rows(
            """
            SELECT *, (SELECT hash FROM audit AS earlier WHERE earlier.sequence = audit.sequence - 1) AS previous_hash
            FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT :limit
            """, arguments
        ).map(AuditEntry.init(row:))
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        let action: AuditEvent.Action = try row.choice("action")
        guard let actor = AuditActor(kind: try row.value("actor_kind"), id: try row.optional("actor")) else {
            throw StoreError.corrupt("no actor in column actor")
        }
        let portal: Data? = try row.optional("portal")
        let developer: Data? = try row.optional("developer")
        let (from, to): (String?, String?) = (try row.optional("from_status"), try row.optional("to_status"))
        let (previous, hash): (Data?, Data) = (try row.optional("previous_hash"), try row.value("hash"))
        let event = AuditEvent(
            action, by: actor, portal: try portal.map { _ in try row.id("portal") },
            developer: try developer.map { _ in try row.id("developer") }, subject: try row.optional("subject"),
            from: from.flatMap(DeveloperStatus.init(rawValue:)), to: to.flatMap(DeveloperStatus.init(rawValue:)))
        self.init(
            stored: event, sequence: try row.value("sequence"), at: try row.time("at"),
            previousHash: previous.map(Array.init) ?? AuditHead.empty.hash, hash: Array(hash))
    }
}
