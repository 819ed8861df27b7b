import Accounts
import Foundation
import GRDB

extension SQLiteStore: OutboxStore {
    /// A mail whose text cannot be opened becomes a dead letter, so that it does not hold up the others.
    public func dueMails(at now: Timestamp, limit: Int) async throws -> [OutboxMail] {
        let rows = try await read { database in
            try database.dueMailRows(at: now, limit: limit).map(SealedMail.init(row:))
        }
        var mails: [OutboxMail] = []
        for sealed in rows {
            do {
                mails.append(try sealed.opened(by: sealing))
            } catch {
                logger.error("a mail in the outbox cannot be opened", metadata: ["mail": "\(sealed.id)"])
                try await mailFailed(sealed.id, at: now, problem: "The kept text cannot be opened with this outbox key.")
            }
        }
        return mails
    }

    public func mailWaits(_ id: MailID) async throws -> Bool { try await read { try $0.mailWaits(id) } }

    public func nextMailDue() async throws -> Timestamp? { try await read { try $0.nextMailDue() } }

    public func recallMails(dueAfter latest: Timestamp, at now: Timestamp) async throws {
        try await commits.perform { database, _ in try database.recallMails(dueAfter: latest, at: now) }
    }

    public func mailDelivered(_ id: MailID, at now: Timestamp) async throws {
        try await commits.perform { database, _ in try database.markDelivered(id, at: now) }
    }

    public func mailDelayed(_ id: MailID, until next: Timestamp, problem: String) async throws {
        try await commits.perform { database, _ in try database.delay(id, until: next, problem: problem) }
    }

    public func mailFailed(_ id: MailID, at now: Timestamp, problem: String) async throws {
        try await commits.perform { database, _ in try database.markDead(id, at: now, problem: problem) }
    }

    public func mailArrivals() -> AsyncStream<Void> { arrivals.stream() }

    public func mailRetries() -> AsyncStream<Void> { retries.stream() }
}
