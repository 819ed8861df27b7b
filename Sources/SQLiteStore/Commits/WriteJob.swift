import Accounts
import GRDB

/// One caller's write that waits for its turn, and the way to answer that caller.
struct WriteJob: Sendable {
    /// Gives the caller what the write came to; called only after the commit, because before it nothing is certain.
    typealias Answer = @Sendable () -> Void

    /// Does the write inside a savepoint of the current transaction, so that its failure is its own.
    ///
    /// Throws only where the transaction itself is lost.
    let perform: @Sendable (Database, inout CommitEffects) throws -> Answer
    /// Answers that nothing was written.
    let refuse: @Sendable (StoreError) -> Void

    init<Value: Sendable>(
        _ write: @escaping @Sendable (Database, inout CommitEffects) throws -> Value,
        answering continuation: CheckedContinuation<Value, any Error>
    ) {
        perform = { database, effects in
            var own = CommitEffects()
            let result = try database.attempt { try write(database, &own) }
            if case .success = result { effects.merge(own) }
            return { continuation.resume(with: result) }
        }
        refuse = { continuation.resume(throwing: $0) }
    }
}

extension Database {
    /// Runs a write in a savepoint and takes it back where it fails.
    ///
    /// - Returns: what the write returned or threw.
    /// - Throws: the write's own error where the savepoint could not be taken back, so that nothing of the transaction may be
    ///   kept: on a full disk, for example, SQLite itself takes back the whole transaction.
    fileprivate func attempt<Value: Sendable>(_ write: () throws -> Value) throws -> Result<Value, any Error> {
        try run("SAVEPOINT job")
        do {
            let value = try write()
            try run("RELEASE job")
            return .success(value)
        } catch {
            do {
                try run("ROLLBACK TO job")
                try run("RELEASE job")
            } catch let loss {
                throw error is DatabaseError ? error : loss
            }
            return .failure(StoreError.replacing(error))
        }
    }
}
