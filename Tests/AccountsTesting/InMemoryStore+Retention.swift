import Accounts

extension InMemoryStore: RetentionStore {
    package func purge(before cutoffs: RetentionCutoffs, limit: Int) -> PurgeCounts {
        var counts = PurgeCounts()
        let stale = developers.values.filter {
            !$0.isVerified && $0.status == .pending && $0.origin == .registration
                && $0.updatedAt < cutoffs.unverifiedRegistrations
        }
        for developer in stale.prefix(limit) {
            remove(developer.id)
            record([AuditEvent(.developerPurged, by: .node, on: developer)], throttles: [])
            counts.developers += 1
        }
        for (hash, _) in tokens.filter({ $0.value.token.expiresAt < cutoffs.oneTimeTokens }).prefix(limit) {
            tokens[hash] = nil
            counts.oneTimeTokens += 1
        }
        for (id, _) in sessions.filter({ $0.value.tokens.refreshExpiresAt < cutoffs.sessions }).prefix(limit) {
            sessions[id] = nil
            counts.sessions += 1
        }
        for (id, _) in delivered.filter({ $0.value < cutoffs.deliveredMails }).prefix(limit) {
            delivered[id] = nil
            counts.mails += 1
        }
        for (id, _) in waiting.filter({ $0.value.failedAt.map { $0 < cutoffs.deadLetters } ?? false }).prefix(limit) {
            waiting[id] = nil
            counts.mails += 1
        }
        for (key, _) in throttleCounts.filter({
            $0.value.lastFailure < cutoffs.throttles && $0.value.blockedUntil <= cutoffs.now
        }).prefix(limit) {
            throttleCounts[key] = nil
            counts.throttles += 1
        }
        for (state, _) in spentAttempts.filter({ $0.value <= cutoffs.now }).prefix(limit) {
            spentAttempts[state] = nil
            counts.signOns += 1
        }
        for (id, _) in notices.filter({ $0.value <= cutoffs.now }).prefix(limit) {
            notices[id] = nil
            counts.signOns += 1
        }
        return counts
    }

    package func clearTraces() -> Bool { false }
}
