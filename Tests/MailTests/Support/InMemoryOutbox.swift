import Accounts

/// The outbox on an array, which tells a test what was done with each mail.
actor InMemoryOutbox: OutboxStore {
    enum Event: Equatable, Sendable {
        case delivered(MailID)
        case delayed(MailID, until: Timestamp, problem: String)
        case failed(MailID, problem: String)
    }

    private struct Entry {
        let mail: OutboxMail
        var due: Timestamp
        var attempts: Int
    }

    private var queue: [Entry] = []
    private var reads = 0
    private var failingReads = 0
    private var failingLookUps = 0
    private var leaving: Set<MailID> = []
    private var failingWrites = 0
    private let events: AsyncStream<Event>
    private let happened: AsyncStream<Event>.Continuation
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation
    private let retries: AsyncStream<Void>
    private let retried: AsyncStream<Void>.Continuation

    init(_ mails: [OutboxMail] = []) {
        (events, happened) = AsyncStream.makeStream()
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (retries, retried) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        queue = mails.map { Entry(mail: $0, due: $0.createdAt, attempts: $0.attempts) }
    }

    // MARK: For tests

    func add(_ mails: OutboxMail...) {
        queue += mails.map { Entry(mail: $0, due: $0.createdAt, attempts: $0.attempts) }
        arrived.yield()
    }

    /// Somebody has this mail tried now.
    func retry(_ id: MailID, at now: Timestamp) {
        for index in queue.indices where queue[index].mail.id == id { queue[index].due = now }
        retried.yield()
    }

    /// Somebody takes this mail away right after it was found due.
    func discardWhenFound(_ id: MailID) { leaving.insert(id) }

    /// The next reads, or writes, of this number fail.
    func fail(reads: Int = 0, writes: Int = 0, lookUps: Int = 0) {
        failingLookUps = lookUps
        failingReads = reads
        failingWrites = writes
    }

    func nextEvent() async -> Event? { await events.first { _ in true } }

    var waiting: [MailID] { queue.map(\.mail.id) }
    var readCount: Int { reads }

    // MARK: OutboxStore

    func dueMails(at now: Timestamp, limit: Int) async throws -> [OutboxMail] {
        reads += 1
        try failIf(&failingReads)
        return queue.filter { $0.due <= now }.sorted { $0.due < $1.due }.prefix(limit).map { entry in
            OutboxMail(
                id: entry.mail.id, recipient: entry.mail.recipient, message: entry.mail.message,
                createdAt: entry.mail.createdAt, attempts: entry.attempts)
        }
    }

    func mailWaits(_ id: MailID) async throws -> Bool {
        try failIf(&failingLookUps)
        if leaving.contains(id) { queue.removeAll { $0.mail.id == id } }
        return queue.contains { $0.mail.id == id }
    }

    func nextMailDue() async throws -> Timestamp? { queue.map(\.due).min() }

    func recallMails(dueAfter latest: Timestamp, at now: Timestamp) async throws {
        for index in queue.indices where queue[index].due > now && (queue[index].attempts == 0 || queue[index].due > latest) {
            queue[index].due = now
        }
    }

    func mailDelivered(_ id: MailID, at now: Timestamp) async throws {
        try failIf(&failingWrites)
        queue.removeAll { $0.mail.id == id }
        happened.yield(.delivered(id))
    }

    func mailDelayed(_ id: MailID, until next: Timestamp, problem: String) async throws {
        try failIf(&failingWrites)
        for index in queue.indices where queue[index].mail.id == id {
            queue[index].due = next
            queue[index].attempts += 1
        }
        happened.yield(.delayed(id, until: next, problem: problem))
    }

    func mailFailed(_ id: MailID, at now: Timestamp, problem: String) async throws {
        try failIf(&failingWrites)
        queue.removeAll { $0.mail.id == id }
        happened.yield(.failed(id, problem: problem))
    }

    nonisolated func mailArrivals() -> AsyncStream<Void> { arrivals }

    nonisolated func mailRetries() -> AsyncStream<Void> { retries }

    private func failIf(_ count: inout Int) throws {
        guard count > 0 else { return }
        count -= 1
        throw StoreError.unavailable("the test's disk is full")
    }
}
