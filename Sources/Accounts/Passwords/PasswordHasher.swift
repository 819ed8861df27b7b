/// Hashes and checks passwords, slowly on purpose and away from the event loops.
public protocol PasswordHasher: Sendable {
    /// - Throws: ``AccountError/busy(retryAfterSeconds:)`` when too many wait already.
    func hash(_ password: Password) async throws -> PasswordHash

    /// Whether the password is the one that was hashed.
    ///
    /// - Parameter hash: nil where there is no such account; the answer is then false, after the same work.
    /// - Throws: ``AccountError/busy(retryAfterSeconds:)`` when too many wait already.
    func verify(_ candidate: PasswordCandidate, against hash: PasswordHash?) async throws -> Bool

    /// Whether the hash should be made anew because the cost has risen since.
    func isOutdated(_ hash: PasswordHash) -> Bool
}
