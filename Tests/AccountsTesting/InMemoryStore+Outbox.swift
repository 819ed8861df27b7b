import Accounts

/// A mail that waits for its delivery.
struct WaitingMail {
    var mail: OutboxMail
    let developer: DeveloperID?
    /// Where it stands among mails that are due at one moment.
    let number: Int
    var dueAt: Timestamp
}

extension InMemoryStore: OutboxStore {
    package func dueMails(at now: Timestamp, limit: Int) -> [OutboxMail] {
        let due = waiting.values.filter { $0.dueAt <= now }.sorted { ($0.dueAt, $0.number) < ($1.dueAt, $1.number) }
        return due.prefix(limit).map(\.mail)
    }

    package func nextMailDue() -> Timestamp? { waiting.values.map(\.dueAt).min() }

    package func recallMails(dueAfter latest: Timestamp, at now: Timestamp) {
        for (id, entry) in waiting where entry.dueAt > now && (entry.mail.attempts == 0 || entry.dueAt > latest) {
            waiting[id]?.dueAt = now
        }
    }

    package func mailDelivered(_ id: MailID, at now: Timestamp) { settle(id, at: now, isDelivered: true) }

    package func mailDelayed(_ id: MailID, until next: Timestamp, problem: String) {
        guard let mail = waiting[id]?.mail else { return }
        waiting[id]?.dueAt = next
        waiting[id]?.mail = OutboxMail(
            id: id, recipient: mail.recipient, message: mail.message, createdAt: mail.createdAt, attempts: mail.attempts + 1)
    }

    package func mailFailed(_ id: MailID, at now: Timestamp, problem: String) { settle(id, at: now, isDelivered: false) }

    private func settle(_ id: MailID, at now: Timestamp, isDelivered: Bool) {
        guard waiting.removeValue(forKey: id) != nil else { return }
        settled[id] = (now, isDelivered)
    }

    package nonisolated func mailArrivals() -> AsyncStream<Void> { arrivals.stream() }

    /// Ends the streams of arrivals, as a store does that is closed.
    package nonisolated func endArrivals() { arrivals.finish() }
}
