import Accounts
import GRDB
import Logging
import Synchronization

/// Group commit: writes that wait at the same moment share one transaction, and so one `fsync`.
///
/// ```
/// write ─┐
/// write ─┼─► BEGIN  [SAVEPOINT write RELEASE] [SAVEPOINT write RELEASE] …  COMMIT ─► every caller is answered
/// write ─┘          a write that throws is rolled back alone
/// ```
///
/// While a transaction is on its way to the disk the next group gathers; a lone write never waits for company. The work runs on
/// GRDB's writer queue, so no thread of Swift's pool is blocked. A caller's cancellation does not reach a write that was handed
/// over: it is done or refused, and the caller learns which.
final class CommitQueue: Sendable {
    private struct State {
        var waiting: [WriteJob] = []
        /// Whether a group is being committed or about to be.
        var isActive = false
        var isClosed = false
        var whenIdle: [CheckedContinuation<Void, Never>] = []
        var statistics = CommitStatistics()
        /// Whether something deleted may still be in the write-ahead log.
        var owesErasure = false
        /// Whether another try to erase it will come by itself.
        var retriesErasure = false
    }

    private let pool: DatabasePool
    private let limits: SQLiteStore.Limits
    private let arrivals: MailArrivals
    private let retries: MailArrivals
    private let timings: StoreTimings
    private let logger: Logger
    private let state = Mutex(State())

    init(
        pool: DatabasePool, limits: SQLiteStore.Limits, arrivals: MailArrivals, retries: MailArrivals, timings: StoreTimings,
        logger: Logger
    ) {
        self.pool = pool
        self.limits = limits
        self.arrivals = arrivals
        self.retries = retries
        self.timings = timings
        self.logger = logger
    }

    var statistics: CommitStatistics { state.withLock { $0.statistics } }

    /// How many writes wait for a group.
    var backlog: Int { state.withLock { $0.waiting.count } }

    /// Does a write, all or nothing, and returns after it is on disk.
    ///
    /// - Throws: what `write` throws; ``StoreError/unavailable(_:)`` where the disk does not take it, too many wait, or the
    ///   store was closed.
    func perform<Value: Sendable>(
        _ write: @escaping @Sendable (Database, inout CommitEffects) throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        defer { timings.writes.record(since: start) }
        return try await withCheckedThrowingContinuation { continuation in
            enqueue(WriteJob(write, answering: continuation))
        }
    }

    /// Takes no more writes and returns when those that wait are done.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                if state.isActive { state.whenIdle.append(continuation) }
                return !state.isActive
            }
            if isIdle { continuation.resume() }
        }
    }

    private func enqueue(_ job: WriteJob) {
        enum Admission { case starts, waits, refused(StoreError) }
        let admission = state.withLock { state -> Admission in
            guard !state.isClosed else { return .refused(.unavailable("the store is closed")) }
            guard state.waiting.count < limits.backlog else {
                return .refused(.unavailable("more than \(limits.backlog) writes wait for the disk"))
            }
            state.waiting.append(job)
            guard !state.isActive else { return .waits }
            state.isActive = true
            return .starts
        }
        switch admission {
        case .starts: scheduleGroup()
        case .waits: break
        case .refused(let error): job.refuse(error)
        }
    }

    private func scheduleGroup() {
        pool.asyncWriteWithoutTransaction { database in
            self.commitGroup(database)
            self.scheduleNext()
        }
    }

    private func commitGroup(_ database: Database) {
        let group = state.withLock { state in
            let group = Array(state.waiting.prefix(limits.groupSize))
            state.waiting.removeFirst(group.count)
            return group
        }
        var answers: [WriteJob.Answer] = []
        var effects = CommitEffects()
        do {
            try database.inTransaction(.immediate) {
                for job in group { answers.append(try job.perform(database, &effects)) }
                // A transaction that changed nothing would not wait for the disk, and its haste would tell what was not found.
                try database.run("UPDATE stamp SET commits = commits + 1")
                return .commit
            }
        } catch {
            refuse(group, because: error)
            return
        }
        record(group.count, effects)
        for answer in answers { answer() }
        if effects.addsMail { arrivals.signal() }
        if effects.retriesMail { retries.signal() }
        eraseTraces(database)
    }

    /// Nobody of the group is told more than that: even a refusal by the rules may rest on a neighbour's write that is now undone.
    private func refuse(_ group: [WriteJob], because error: any Error) {
        let refusal = StoreError.replacing(error) as? StoreError ?? .unavailable("the transaction was not committed")
        logger.error("the store did not take a group of writes", metadata: ["writes": "\(group.count)", "reason": "\(refusal)"])
        for job in group { job.refuse(refusal) }
    }

    private func record(_ writes: Int, _ effects: CommitEffects) {
        state.withLock { state in
            state.statistics.commits += 1
            state.statistics.writes += writes
            state.statistics.largestGroup = max(state.statistics.largestGroup, writes)
            state.owesErasure = state.owesErasure || effects.erases
        }
    }

    /// Copies the write-ahead log into the store and empties it, because deleted text stands in its old pages.
    ///
    /// Readers hold it up for a moment; then it is tried again after the next commit, which comes by itself if it must.
    private func eraseTraces(_ database: Database) {
        guard state.withLock({ $0.owesErasure }) else { return }
        do {
            try database.execute(sql: "PRAGMA busy_timeout = 0")
            defer { try? database.execute(sql: "PRAGMA busy_timeout = \(SQLiteStore.busyTimeoutMilliseconds)") }
            _ = try database.checkpoint(.truncate)
            state.withLock { $0.owesErasure = false }
        } catch {
            logger.debug("the write-ahead log is in use; deleted data is erased from it in a moment")
            retryErasure()
        }
    }

    private func retryErasure() {
        let isFirst = state.withLock { state in
            defer { state.retriesErasure = true }
            return !state.retriesErasure
        }
        guard isFirst else { return }
        Task { [weak self, pause = limits.erasurePause] in
            try? await Task.sleep(for: pause)
            self?.state.withLock { $0.retriesErasure = false }
            // A write of nothing ends with another try; where the store was closed, that has erased everything.
            try? await self?.perform { _, _ in }
        }
    }

    private func scheduleNext() {
        let idle = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
            guard state.waiting.isEmpty else { return nil }
            state.isActive = false
            defer { state.whenIdle = [] }
            return state.whenIdle
        }
        guard let idle else { return scheduleGroup() }
        for continuation in idle { continuation.resume() }
    }
}
