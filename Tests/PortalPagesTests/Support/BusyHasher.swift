import Accounts

/// A hasher whose queue is full.
struct BusyHasher: PasswordHasher {
    func hash(_ password: Password) async throws -> PasswordHash { throw AccountError.busy(retryAfterSeconds: 7) }

    func verify(_ candidate: PasswordCandidate, against hash: PasswordHash?) async throws -> Bool {
        throw AccountError.busy(retryAfterSeconds: 7)
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { false }
}
