import Accounts
import GRDB

extension Database {
    /// Removes up to so many things of each kind.
    func purge(before cutoffs: RetentionCutoffs, limit: Int) throws -> PurgeCounts {
        var counts = PurgeCounts()
        let stale = try rows(
            """
            SELECT * FROM developer INDEXED BY developer_unverified
            WHERE status = 'pending' AND verified_at IS NULL AND origin = 'registration' AND updated_at < ? LIMIT ?
            """, [cutoffs.unverifiedRegistrations.milliseconds, limit]
        ).map(Developer.init(row:))
        for developer in stale { try delete(developer.id, in: developer.portal) }
        try append(stale.map { AuditEvent(.developerPurged, by: .node, on: $0) }, at: cutoffs.now)
        counts.developers = stale.count
        counts.oneTimeTokens = try purge(
            "one_time_token WHERE hash IN (SELECT hash FROM one_time_token WHERE expires_at < ? LIMIT ?)",
            [cutoffs.oneTimeTokens.milliseconds, limit])
        counts.sessions = try purge(
            "session WHERE id IN (SELECT id FROM session WHERE expires_at < ? LIMIT ?)",
            [cutoffs.sessions.milliseconds, limit])
        for (state, cutoff) in [("delivered", cutoffs.deliveredMails), ("dead", cutoffs.deadLetters)] {
            counts.mails += try purge(
                """
                outbox WHERE sequence IN (
                    SELECT sequence FROM outbox WHERE state = '\(state)' AND finished_at IS NOT NULL AND finished_at < ? LIMIT ?)
                """, [cutoff.milliseconds, limit])
        }
        counts.throttles = try purge(
            "throttle WHERE key IN (SELECT key FROM throttle WHERE last_failure < ? AND blocked_until <= ? LIMIT ?)",
            [cutoffs.throttles.milliseconds, cutoffs.now.milliseconds, limit])
        for table in ["spent_attempt WHERE state", "log_out_notice WHERE id"] {
            let (name, key) = (table.prefix { $0 != " " }, table.split(separator: " ").last ?? "")
            counts.signOns += try purge(
                "\(table) IN (SELECT \(key) FROM \(name) WHERE expires_at <= ? LIMIT ?)", [cutoffs.now.milliseconds, limit])
        }
        return counts
    }

    /// One step of writing the index of texts anew, after which nothing of a deleted developer's name and address is in it.
    ///
    /// - Returns: whether there is more to do.
    func clearTraces() throws -> Bool {
        let state: String? = try row("SELECT traces FROM stamp").flatMap { try $0.optional("traces") }
        switch state {
        case "owed":
            // A negative number begins to merge everything into one part (SQLite, FTS5, "the merge command").
            try run("INSERT INTO developer_text (developer_text, rank) VALUES ('merge', -\(Self.pagesOfAStep))")
            try run("UPDATE stamp SET traces = 'clearing'")
            return true
        case "clearing":
            let before = totalChangesCount
            try run("INSERT INTO developer_text (developer_text, rank) VALUES ('merge', \(Self.pagesOfAStep))")
            guard totalChangesCount - before < 2 else { return true }
            try run("UPDATE stamp SET traces = 'none'")
            return false
        default: return false
        }
    }

    private static let pagesOfAStep = 256

    private func purge(_ what: String, _ arguments: StatementArguments) throws -> Int {
        try run("DELETE FROM \(what)", arguments)
        return changesCount
    }
}
