/// Opens a session by address and password (contract operation `authenticate`).
///
/// Wrong address, wrong password, unverified, pending, rejected and revoked are one answer after the same work.
public struct LogIn: Sendable {
    let store: any AccountStore
    let hasher: any PasswordHasher
    let mint: Mint
    let clock: any WallClock
    let lifetimes: SessionLifetimes

    /// - Throws: ``AccountError/invalidCredentials``; ``AccountError/busy(retryAfterSeconds:)``.
    public func authenticate(username: String, password: String, at portal: Portal) async throws -> SessionTokens {
        let developer = try await knownDeveloper(username, at: portal)
        let candidate = PasswordCandidate(password)
        let isRight = try await hasher.verify(candidate, against: developer?.passwordHash)
        guard isRight, let developer, developer.mayLogIn, let oldHash = developer.passwordHash,
            portal.settings.authenticationEnabled
        else { throw AccountError.invalidCredentials }
        let newHash = try await risenHash(of: candidate, for: developer, replacing: oldHash)
        let now = clock.now
        let tokens = SessionTokens(mint: mint, lifetimes: lifetimes, now: now)
        let session = NewSession(id: mint.id(), tokens: tokens.hashes, createdAt: now)
        return try await store.step(on: .developer(developer.id), in: portal.id) { account in
            // The account may have changed while the password was hashed.
            guard var developer = account.developer, developer.mayLogIn, developer.passwordHash == oldHash else {
                throw AccountError.invalidCredentials
            }
            developer.passwordHash = newHash ?? oldHash
            var change = AccountChange(developer: developer)
            change.opens = session
            return AccountDecision(tokens, change)
        }
    }

    private func knownDeveloper(_ username: String, at portal: Portal) async throws -> Developer? {
        guard let address = try? EmailAddress(username) else { return nil }
        return try await store.developer(with: address, in: portal.id)
    }

    /// The hash at today's cost, where the stored one is cheaper. A password from before a rule is kept as it is.
    private func risenHash(
        of candidate: PasswordCandidate, for developer: Developer, replacing old: PasswordHash
    ) async throws -> PasswordHash? {
        guard hasher.isOutdated(old), let password = try? Password(candidate.text, for: developer) else { return nil }
        do {
            return try await hasher.hash(password)
        } catch AccountError.busy {
            // The password was right; the next log-in hashes it anew.
            return nil
        }
    }
}
