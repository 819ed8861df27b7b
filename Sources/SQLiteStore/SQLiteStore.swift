import Accounts
import Foundation
import GRDB
import Geography
import Logging
import Synchronization

/// The store of one geo in one SQLite file.
///
/// ```swift
/// let store = try SQLiteStore.open(at: "data/eu", geo: geo, clock: SystemClock(), logger: logger)
/// …
/// try await store.close()
/// ```
///
/// The folder then holds `store.sqlite` (with `-wal` and `-shm` beside it), `store.lock` and `outbox.key`, for the owner alone.
/// What a method acknowledged is on disk (write-ahead log, `synchronous=FULL`). Reads run beside writes on connections of their
/// own; writes that wait at the same moment share a commit (``CommitStatistics``). A cancelled task's write is done all the same,
/// and its result returned.
public final class SQLiteStore: Sendable {
    /// What a process opens the store for.
    public enum Use: Hashable, Sendable {
        /// A node's whole life; one process at a time.
        case serving
        /// One short command on the geo's machine, which may run beside the node.
        case administration
    }

    /// What the store may take.
    public struct Limits: Hashable, Sendable {
        /// The most writes that share a commit.
        public var groupSize = 128
        /// The most writes that wait; one more is refused with ``StoreError/unavailable(_:)``.
        public var backlog = 8192
        /// The most reads at once; more wait.
        public var readers = 8
        /// How long after a reader held up the erasing of deleted text it is tried again.
        public var erasurePause = Duration.seconds(1)

        public init() {}
    }

    /// How long a statement waits for another program that has the file open, such as one that makes a backup.
    static let busyTimeoutMilliseconds = 5000

    let pool: DatabasePool
    let commits: CommitQueue
    let arrivals: MailArrivals
    let retries: MailArrivals
    let portals = PortalCache()
    public let timings: StoreTimings
    let sealing: MailSealing
    let clock: any WallClock
    let logger: Logger
    private let lock: FolderLock?
    private let isClosed = Atomic(false)

    init(
        pool: DatabasePool, limits: Limits, sealing: MailSealing, clock: any WallClock, logger: Logger, lock: FolderLock?
    ) {
        let (arrivals, retries) = (MailArrivals(), MailArrivals())
        self.pool = pool
        self.arrivals = arrivals
        self.retries = retries
        timings = StoreTimings()
        commits = CommitQueue(
            pool: pool, limits: limits, arrivals: arrivals, retries: retries, timings: timings,
            logger: logger)
        self.sealing = sealing
        self.clock = clock
        self.logger = logger
        self.lock = lock
    }

    /// How writes were grouped into commits so far.
    public var statistics: CommitStatistics { commits.statistics }

    /// Whether a write reaches the disk now; it writes one page.
    public func isWritable() async -> Bool {
        do {
            try await commits.perform { _, _ in }
            return true
        } catch {
            return false
        }
    }

    /// Reads the whole file and compares it with itself; takes long on a large store.
    ///
    /// - Throws: ``StoreError/corrupt(_:)`` with what was found.
    public func integrityCheck() async throws {
        try await read { try $0.checkIntegrity() }
    }

    /// Finishes the writes that wait, refuses new ones, leaves everything in the one file, and frees the folder.
    ///
    /// Ends the streams of ``mailArrivals()``. Does nothing where it was called before.
    public func close() async throws {
        await commits.close()
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        arrivals.finish()
        retries.finish()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async { [self] in
                if lock != nil { emptyWriteAheadLog() }
                continuation.resume(with: Result { try pool.close() }.mapError(StoreError.replacing))
            }
        }
        lock?.release()
    }

    /// SQLite does this on its own only where a writing connection is the last to close; in a pool the reading ones are.
    private func emptyWriteAheadLog() {
        do {
            try pool.emptyWriteAheadLog()
        } catch {
            logger.debug("the write-ahead log is in use; it stays until the next start")
        }
    }

    /// Reads one moment's state on a connection of its own.
    func read<Value: Sendable>(_ query: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        defer { timings.reads.record(since: start) }
        do {
            return try await pool.read(query)
        } catch {
            throw StoreError.replacing(error)
        }
    }
}
