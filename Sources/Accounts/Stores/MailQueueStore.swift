/// What the administration of the outbox asks of a store, beside its delivery (``OutboxStore``).
public protocol MailQueueStore: Sendable {
    /// One page of the mails that are not delivered, by the order of their writing. It costs the same however many there are, up to a page
    /// far into the list.
    func queuedMails(matching filter: MailFilter, order: MailOrder, page: PageRequest) async throws -> Page<QueuedMail>

    /// nil for one that is not there, or was delivered.
    func queuedMail(_ id: MailID) async throws -> QueuedMail?

    /// - Parameter filter: its stage is not asked.
    func queuedMailCounts(matching filter: MailFilter) async throws -> MailCounts

    /// One atomic step on one mail of the queue.
    ///
    /// - Parameter decide: as in ``AccountStore/step(on:in:decide:)``. It sees nil for a mail that is not in the queue, and then changes
    ///   nothing.
    /// - Throws: what `decide` throws; ``StoreError``.
    func step<Outcome: Sendable>(
        onMail id: MailID, decide: @escaping @Sendable (QueuedMail?) throws -> MailDecision<Outcome>
    ) async throws -> Outcome

    /// Puts dead letters back into the queue, as new ones, in one atomic step with an audit entry for each.
    ///
    /// - Parameters:
    ///   - filter: its stage is not asked.
    ///   - place: where the batch before has ended; 0 at first.
    ///   - now: when they are tried.
    func retryDeadLetters(
        matching filter: MailFilter, after place: Int64, limit: Int, at now: Timestamp, by actor: AuditActor
    ) async throws -> MailBatch
}

/// What a step on a mail answers, and what it changes.
public struct MailDecision<Outcome: Sendable>: Sendable {
    public enum Change: Hashable, Sendable {
        /// It is due at this moment; what was a dead letter counts its attempts anew.
        case retry(at: Timestamp)
        /// It goes, with everything that it says.
        case discard
    }

    public let outcome: Outcome
    public let change: Change?
    public let events: [AuditEvent]

    public init(_ outcome: Outcome, _ change: Change? = nil, events: [AuditEvent] = []) {
        self.outcome = outcome
        self.change = change
        self.events = events
    }
}

/// Some of many mails that were put back.
public struct MailBatch: Hashable, Sendable {
    public let count: Int
    /// Where the next batch begins; nil where there is none.
    public let end: Int64?

    public init(count: Int, end: Int64?) {
        self.count = count
        self.end = end
    }
}
