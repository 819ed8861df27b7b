/// Opens a session by address and password (contract operation `authenticate`).
///
/// Wrong address, wrong password, unverified, pending, rejected and revoked are one answer after the same work.
public struct LogIn: Sendable {
    /// What follows the right password.
    public struct Outcome: Hashable, Sendable {
        public let session: SessionTokens
        /// Makes this browser a known one, which a stranger's wrong passwords do not slow down.
        public let device: String
    }

    let store: any AccountStore & AuditStore
    let hasher: any PasswordHasher
    let mint: Mint
    let clock: any WallClock
    let policy: AccountPolicy
    let throttle: Throttle
    let devices: KnownDevices

    /// - Parameter client: who asks; wrong passwords count for its address too.
    /// - Throws: ``AccountError/invalidCredentials``; ``AccountError/throttled(retryAfterSeconds:)``;
    ///   ``AccountError/busy(retryAfterSeconds:)``.
    public func authenticate(
        username: String, password: String, from client: Client = .unknown, at portal: Portal
    ) async throws -> Outcome {
        let pace = EvenPace(interval: policy.answerInterval).start()
        let address = try? EmailAddress(username)
        let device = address.flatMap { devices.device(showing: client.device, for: $0, at: portal.id) }
        let attempt = try throttle.admit(username, from: client, device: device, at: portal.id)
        do {
            return try await open(address, password: PasswordCandidate(password), from: client, attempt, at: portal)
        } catch AccountError.invalidCredentials {
            await pace.rest()
            throw AccountError.invalidCredentials
        } catch {
            throttle.end(attempt)
            throw error
        }
    }

    private func open(
        _ address: EmailAddress?, password: PasswordCandidate, from client: Client, _ attempt: Throttle.Attempt, at portal: Portal
    ) async throws -> Outcome {
        let developer = if let address { try await store.developer(with: address, in: portal.id) } else { nil as Developer? }
        let isRight = try await hasher.verify(password, against: developer?.passwordHash)
        guard isRight, let developer, developer.mayLogIn, let oldHash = developer.passwordHash,
            portal.settings.offersPasswords
        else {
            try await refuse(developer, attempt)
            throw AccountError.invalidCredentials
        }
        let newHash = try await risenHash(of: password, for: developer, replacing: oldHash)
        let now = clock.now
        let tokens = SessionTokens(mint: mint, lifetimes: policy.sessions, now: now)
        let session = NewSession(id: mint.id(), tokens: tokens.hashes, agent: client.agent, createdAt: now)
        let forgiven = throttle.succeeded(attempt)
        let isIn = try await store.step(on: .developer(developer.id), in: portal.id) { account in
            // The account may have changed while the password was hashed.
            guard var developer = account.developer, developer.mayLogIn, developer.passwordHash == oldHash,
                account.portal.settings.offersPasswords
            else { return AccountDecision(false) }
            developer.passwordHash = newHash ?? oldHash
            var change = AccountChange(developer: developer)
            change.opens = session
            change.throttles = forgiven
            change.events = [AuditEvent(.loggedIn, ofOwn: developer, subject: session.id.description)]
            return AccountDecision(true, change)
        }
        guard isIn else { throw AccountError.invalidCredentials }
        return Outcome(session: tokens, device: devices.token(for: developer.email, at: portal.id))
    }

    /// Notes the wrong password, on disk like a right one, for a stranger's address as for a developer's.
    private func refuse(_ developer: Developer?, _ attempt: Throttle.Attempt) async throws {
        let events = developer.map { [AuditEvent(.logInRefused, by: .anonymous, on: $0)] } ?? []
        try await store.record(events, throttles: throttle.failed(attempt))
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
