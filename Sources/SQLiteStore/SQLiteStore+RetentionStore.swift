import Accounts
import GRDB

extension SQLiteStore: RetentionStore {
    public func purge(before cutoffs: RetentionCutoffs, limit: Int) async throws -> PurgeCounts {
        try await commits.perform { database, effects in
            let counts = try database.purge(before: cutoffs, limit: limit)
            effects.erases = counts != PurgeCounts()
            return counts
        }
    }

    public func clearTraces() async throws -> Bool {
        try await commits.perform { database, effects in
            let isUnfinished = try database.clearTraces()
            effects.erases = true
            return isUnfinished
        }
    }
}
