import Accounts

extension InMemoryStore: MailQueueStore {
    package func queuedMails(matching filter: MailFilter, order: MailOrder, page: PageRequest) -> Page<QueuedMail> {
        let found = queue(matching: filter).map(\.queued)
        return Page(part: page, of: order == .newestFirst ? found.reversed() : found)
    }

    package func queuedMail(_ id: MailID) -> QueuedMail? { waiting[id]?.queued }

    package func queuedMailCounts(matching filter: MailFilter) -> MailCounts {
        var filter = filter
        filter.stage = nil
        return queue(matching: filter).reduce(into: MailCounts()) { $0[$1.queued.stage] += 1 }
    }

    package func step<Outcome: Sendable>(
        onMail id: MailID, decide: @escaping @Sendable (QueuedMail?) throws -> MailDecision<Outcome>
    ) throws -> Outcome {
        let decision = try decide(queuedMail(id))
        guard waiting[id] != nil else { return decision.outcome }
        switch decision.change {
        case .retry(let moment): retry(id, at: moment)
        case .discard: waiting[id] = nil
        case nil: break
        }
        record(decision.events, throttles: [])
        return decision.outcome
    }

    package func retryDeadLetters(
        matching filter: MailFilter, after place: Int64, limit: Int, at now: Timestamp, by actor: AuditActor
    ) -> MailBatch {
        var filter = filter
        filter.stage = .deadLetter
        let found = Array(queue(matching: filter).filter { Int64($0.number) > place }.prefix(limit))
        for entry in found {
            retry(entry.mail.id, at: now)
            let mail = entry.queued
            record(
                [
                    AuditEvent(
                        .mailRetried, by: actor, onMail: mail.id, of: mail.kind, portal: mail.portal, developer: mail.developer)
                ], throttles: [])
        }
        return MailBatch(count: found.count, end: found.count == limit ? found.last.map { Int64($0.number) } : nil)
    }

    /// In the order of their writing.
    private func queue(matching filter: MailFilter) -> [WaitingMail] {
        waiting.values.filter { entry in
            let mail = entry.queued
            return (filter.stage ?? mail.stage) == mail.stage && (filter.portal == nil || filter.portal == mail.portal)
                && (filter.kind == nil || filter.kind == mail.kind)
        }.sorted { $0.number < $1.number }
    }

    private func retry(_ id: MailID, at now: Timestamp) {
        guard var entry = waiting[id] else { return }
        if entry.failedAt != nil { entry.count(0) }
        entry.failedAt = nil
        entry.dueAt = now
        waiting[id] = entry
        retries.signal()
    }
}
