import Accounts

/// An outbox that counts how its mails end.
struct CountedOutbox: OutboxStore {
    let base: any OutboxStore
    let metrics: NodeMetrics

    func dueMails(at now: Timestamp, limit: Int) async throws -> [OutboxMail] { try await base.dueMails(at: now, limit: limit) }

    func mailWaits(_ id: MailID) async throws -> Bool { try await base.mailWaits(id) }

    func nextMailDue() async throws -> Timestamp? { try await base.nextMailDue() }

    func recallMails(dueAfter latest: Timestamp, at now: Timestamp) async throws {
        try await base.recallMails(dueAfter: latest, at: now)
    }

    func mailDelivered(_ id: MailID, at now: Timestamp) async throws {
        try await base.mailDelivered(id, at: now)
        metrics.deliveries(.delivered).add()
    }

    func mailDelayed(_ id: MailID, until next: Timestamp, problem: String) async throws {
        try await base.mailDelayed(id, until: next, problem: problem)
        metrics.deliveries(.delayed).add()
    }

    func mailFailed(_ id: MailID, at now: Timestamp, problem: String) async throws {
        try await base.mailFailed(id, at: now, problem: problem)
        metrics.deliveries(.dead).add()
    }

    func mailArrivals() -> AsyncStream<Void> { base.mailArrivals() }

    func mailRetries() -> AsyncStream<Void> { base.mailRetries() }
}
