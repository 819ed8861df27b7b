import Accounts

/// A mail that waits for its delivery, or was given up.
struct WaitingMail {
    var mail: OutboxMail
    let developer: DeveloperID?
    /// Where it stands among mails that are due at one moment.
    let number: Int
    var dueAt: Timestamp
    var problem: String?
    /// Since when it is a dead letter.
    var failedAt: Timestamp?

    /// The same with so many attempts.
    mutating func count(_ attempts: Int) {
        mail = OutboxMail(
            id: mail.id, recipient: mail.recipient, message: mail.message, createdAt: mail.createdAt, attempts: attempts)
    }

    var queued: QueuedMail {
        QueuedMail(
            id: mail.id, kind: MailKind(mail.message), portal: mail.message.portal, developer: developer,
            recipient: mail.recipient, linkExpiresAt: mail.linkExpiresAt,
            stage: failedAt != nil ? .deadLetter : mail.attempts == 0 ? .waiting : .failing, attempts: mail.attempts,
            problem: problem, createdAt: mail.createdAt, nextAttemptAt: failedAt == nil ? dueAt : nil, failedAt: failedAt)
    }
}

extension InMemoryStore: OutboxStore {
    private var queue: [WaitingMail] { waiting.values.filter { $0.failedAt == nil } }

    package func dueMails(at now: Timestamp, limit: Int) -> [OutboxMail] {
        let due = queue.filter { $0.dueAt <= now }.sorted { ($0.dueAt, $0.number) < ($1.dueAt, $1.number) }
        return due.prefix(limit).map(\.mail)
    }

    package func mailWaits(_ id: MailID) -> Bool { waiting[id].map { $0.failedAt == nil } ?? false }

    package func nextMailDue() -> Timestamp? { queue.map(\.dueAt).min() }

    package func recallMails(dueAfter latest: Timestamp, at now: Timestamp) {
        for entry in queue where entry.dueAt > now && (entry.mail.attempts == 0 || entry.dueAt > latest) {
            waiting[entry.mail.id]?.dueAt = now
        }
    }

    package func mailDelivered(_ id: MailID, at now: Timestamp) {
        guard waiting.removeValue(forKey: id) != nil else { return }
        delivered[id] = now
    }

    package func mailDelayed(_ id: MailID, until next: Timestamp, problem: String) {
        guard var entry = waiting[id], entry.failedAt == nil else { return }
        entry.dueAt = next
        entry.problem = problem
        entry.count(entry.mail.attempts + 1)
        waiting[id] = entry
    }

    package func mailFailed(_ id: MailID, at now: Timestamp, problem: String) {
        guard var entry = waiting[id], entry.failedAt == nil else { return }
        entry.problem = problem
        entry.failedAt = now
        entry.count(entry.mail.attempts + 1)
        waiting[id] = entry
    }

    package nonisolated func mailArrivals() -> AsyncStream<Void> { arrivals.stream() }

    package nonisolated func mailRetries() -> AsyncStream<Void> { retries.stream() }

    /// Ends the streams of arrivals, as a store does that is closed.
    package nonisolated func endArrivals() {
        arrivals.finish()
        retries.finish()
    }
}
