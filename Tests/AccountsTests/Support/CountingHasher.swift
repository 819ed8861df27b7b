import Accounts
import Synchronization

/// Counts what a hasher is asked for.
final class CountingHasher: PasswordHasher {
    struct Work: Equatable {
        var hashes = 0
        var checks = 0
    }

    private let hasher = Office.cheapHasher()
    private let counted = Mutex(Work())

    /// What was asked for since the last look.
    func takeWork() -> Work {
        counted.withLock { work in
            defer { work = Work() }
            return work
        }
    }

    func hash(_ password: Password) async throws -> PasswordHash {
        counted.withLock { $0.hashes += 1 }
        return try await hasher.hash(password)
    }

    func verify(_ candidate: PasswordCandidate, against hash: PasswordHash?) async throws -> Bool {
        counted.withLock { $0.checks += 1 }
        return try await hasher.verify(candidate, against: hash)
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { hasher.isOutdated(hash) }
}
