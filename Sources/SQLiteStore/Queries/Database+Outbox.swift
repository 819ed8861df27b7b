import Accounts
import Foundation
import GRDB

extension Database {
    /// - Parameter developer: whose mail it is, with whom it goes; nil for one that stays.
    func insert(_ mail: OutboxMail, sealed: Data, of developer: DeveloperID?) throws {
        try run(
            """
            INSERT INTO outbox (id, developer, state, sealed, created_at, due_at, attempts, kind, portal)
            VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?)
            """,
            [
                mail.id.stored, developer?.stored, sealed, mail.createdAt.milliseconds, mail.createdAt.milliseconds,
                mail.attempts, MailKind(mail.message).rawValue, mail.message.portal?.stored ?? Data(),
            ])
    }

    /// Those that have been due for the longest time come first; a mail that was tried waits behind those due before its next turn.
    func dueMailRows(at now: Timestamp, limit: Int) throws -> [Row] {
        try rows(
            """
            SELECT id, sealed, created_at, attempts FROM outbox
            WHERE state = 'queued' AND due_at <= ? ORDER BY due_at, sequence LIMIT ?
            """, [now.milliseconds, max(0, limit)])
    }

    func mailWaits(_ id: MailID) throws -> Bool {
        try row("SELECT 1 FROM outbox WHERE id = ? AND state = 'queued'", [id.stored]) != nil
    }

    func nextMailDue() throws -> Timestamp? {
        try row("SELECT due_at FROM outbox WHERE state = 'queued' ORDER BY due_at LIMIT 1").map { try $0.time("due_at") }
    }

    func recallMails(dueAfter latest: Timestamp, at now: Timestamp) throws {
        try run(
            "UPDATE outbox SET due_at = ? WHERE state = 'queued' AND due_at > ? AND (attempts = 0 OR due_at > ?)",
            [now.milliseconds, now.milliseconds, latest.milliseconds])
    }

    /// Erases recipient and text with the same step.
    func markDelivered(_ id: MailID, at now: Timestamp) throws {
        try run(
            """
            UPDATE outbox SET state = 'delivered', sealed = NULL, problem = NULL, attempts = attempts + 1, finished_at = ?
            WHERE id = ? AND state <> 'delivered'
            """, [now.milliseconds, id.stored])
    }

    func delay(_ id: MailID, until next: Timestamp, problem: String) throws {
        try run(
            "UPDATE outbox SET due_at = ?, problem = ?, attempts = attempts + 1 WHERE id = ? AND state = 'queued'",
            [next.milliseconds, problem, id.stored])
    }

    func markDead(_ id: MailID, at now: Timestamp, problem: String) throws {
        try run(
            """
            UPDATE outbox SET state = 'dead', problem = ?, attempts = attempts + 1, finished_at = ?
            WHERE id = ? AND state = 'queued'
            """, [problem, now.milliseconds, id.stored])
    }

    /// How many things the store cannot do without their key: kept mails, identity providers' secrets, admins' second factors.
    func sealedCount() throws -> Int {
        let places = [
            ("outbox", "state <> 'delivered'"), ("identity_provider", "secret IS NOT NULL"),
            ("console_account", "second_factor IS NOT NULL"),
        ]
        // A store of an earlier version lacks some of them.
        return try places.filter { try tableExists($0.0) }.reduce(0) { sum, place in
            try sum + count("SELECT count(*) FROM \(place.0) WHERE \(place.1)")
        }
    }
}
