import Crypto
import Geography

/// How admins get into the console: a password of their own, then a second factor, then a session.
///
/// ```
/// mailed link ──▶ password ──▶ log in ──▶ ticket ──▶ code ──▶ session
///                                          └──▶ new second factor: code ──▶ session and recovery codes
/// ```
/// Nothing here opens a portal or the management API, and no token of theirs opens the console.
public struct ConsoleAccess: Sendable {
    let store: any ConsoleStore
    let hasher: any PasswordHasher
    let mint: Mint
    let clock: any WallClock
    let policy: AccountPolicy
    let throttle: Throttle
    let devices: KnownDevices
    let secrets: SecondFactorSecrets
    let correspondence: Correspondence
    let links: PortalLinks

    init(
        store: any ConsoleStore, hasher: any PasswordHasher, mint: Mint, clock: any WallClock, policy: AccountPolicy,
        throttle: Throttle, secret: SymmetricKey, correspondence: Correspondence, links: PortalLinks
    ) {
        self.store = store
        self.hasher = hasher
        self.mint = mint
        self.clock = clock
        self.policy = policy
        self.throttle = throttle
        devices = KnownDevices(secret: secret, purpose: "known devices at the console")
        secrets = SecondFactorSecrets(secret: secret)
        self.correspondence = correspondence
        self.links = links
    }

    /// What follows the right password.
    public enum Step: Sendable {
        /// In; only where the operator does not require a second factor.
        case entered(Entrance)
        /// The ticket and a code of the second factor lead in.
        case secondFactor(ticket: GeoCredential)
        /// The ticket and a first code of a new second factor lead in.
        case newSecondFactor(ticket: GeoCredential)
    }

    /// An open session, as the browser holds it.
    public struct Entrance: Sendable {
        public let session: GeoCredential
        /// Makes this browser a known one, which wrong passwords from elsewhere do not slow down.
        public let device: String
        /// Shown once, where a second factor was set up just now.
        public let recoveryCodes: [String]
    }

    // MARK: Log-in

    /// - Throws: ``AccountError/invalidCredentials``, after the same work and at the same time whatever is wrong;
    ///   ``AccountError/throttled(retryAfterSeconds:)``; ``AccountError/busy(retryAfterSeconds:)``.
    public func logIn(email: String, password: String, from client: Client = .unknown) async throws -> Step {
        let pace = EvenPace(interval: policy.answerInterval).start()
        let address = try? EmailAddress(email)
        let device = address.flatMap { devices.device(showing: client.device, for: $0, at: nil) }
        let attempt = try throttle.admit(admin: email, from: client, device: device)
        do {
            return try await open(address, PasswordCandidate(password), attempt, from: client)
        } catch AccountError.invalidCredentials {
            await pace.rest()
            throw AccountError.invalidCredentials
        } catch {
            throttle.end(attempt)
            throw error
        }
    }

    private func open(
        _ address: EmailAddress?, _ password: PasswordCandidate, _ attempt: Throttle.Attempt, from client: Client
    ) async throws -> Step {
        let known = if let address { try await passwordHash(of: .address(address)) } else { nil as PasswordHash? }
        guard try await hasher.verify(password, against: known), let address, let known else {
            try await refuse(address, attempt)
            throw AccountError.invalidCredentials
        }
        let now = clock.now
        let (ticket, session) = (mint.credential(.consoleTicket), mint.credential(.consoleSession))
        let forgiven = throttle.succeeded(attempt)
        let step = try await store.step(onConsole: .address(address)) { found -> ConsoleDecision<Step?> in
            // The account may have changed while the password was hashed.
            guard let admin = found.admin, let account = found.account, account.passwordHash == known else {
                return ConsoleDecision(nil)
            }
            var change = ConsoleChange()
            change.throttles = forgiven
            guard account.secondFactor != nil || policy.console.requiresSecondFactor else {
                open(session, for: admin, from: client, at: now, in: &change)
                return ConsoleDecision(.entered(entrance(session, for: admin)), change)
            }
            change.spends = [.secondFactor]
            change.issues = ConsoleToken(
                hash: TokenHash(of: ticket), purpose: .secondFactor, expiresAt: now.adding(policy.console.ticketLifetime))
            return ConsoleDecision(
                account.secondFactor == nil ? .newSecondFactor(ticket: ticket) : .secondFactor(ticket: ticket), change)
        }
        guard let step else { throw AccountError.invalidCredentials }
        return step
    }

    private func refuse(_ address: EmailAddress?, _ attempt: Throttle.Attempt) async throws {
        let counts = throttle.failed(attempt)
        // Also for nobody's address, so that the disk takes as long.
        try await store.step(onConsole: address.map(ConsoleKey.address) ?? .token(TokenHash(of: mint.oneTimeToken()))) { found in
            var change = ConsoleChange()
            change.throttles = counts
            change.events = [AuditEvent(.adminLogInRefused, by: .anonymous, subject: found.admin?.id.description)]
            return ConsoleDecision((), change)
        }
    }

    func passwordHash(of key: ConsoleKey) async throws -> PasswordHash? {
        try await store.step(onConsole: key) { ConsoleDecision($0.account?.passwordHash) }
    }

    func open(
        _ session: GeoCredential, for admin: Admin, from client: Client, at now: Timestamp, in change: inout ConsoleChange
    ) {
        change.opens = NewConsoleSession(id: mint.id(), hash: TokenHash(of: session), agent: client.agent, createdAt: now)
        // Nothing older is good for anything, whatever an operator's times are.
        change.forgetsBefore = now.adding(.zero - max(policy.console.sessionTime, .seconds(24 * 3600)))
        change.events.append(
            AuditEvent(.adminLoggedIn, by: .admin(admin.id), subject: change.opens.map { "\($0.id)" } ?? ""))
    }

    func entrance(_ session: GeoCredential, for admin: Admin, recoveryCodes: [String] = []) -> Entrance {
        Entrance(session: session, device: devices.token(for: admin.email, at: nil), recoveryCodes: recoveryCodes)
    }

    // MARK: Sessions

    /// The session whose credential a browser shows.
    ///
    /// - Throws: ``AccountError/notAuthenticated`` for none, an unknown, ended or expired one, or one of another geo or kind.
    public func session(showing text: String?) async throws -> ConsoleSession {
        let now = clock.now
        guard let text, let credential = GeoCredential(text), credential.kind == .consoleSession, credential.geo == mint.geo,
            let session = try await store.consoleSession(with: TokenHash(of: credential)),
            now < session.lastSeenAt.adding(policy.console.idleTime),
            now < session.startedAt.adding(policy.console.sessionTime)
        else { throw AccountError.notAuthenticated }
        if session.lastSeenAt.adding(.seconds(60)) <= now { try await store.note(useOf: session.id, at: now) }
        return session
    }

    /// Whether the password was typed in this session a short time ago, which changing admins, tokens and second factors needs.
    public func isPasswordRecent(in session: ConsoleSession) -> Bool {
        clock.now < session.passwordConfirmedAt.adding(policy.console.recentPassword)
    }

    /// Takes the password of an open session once more.
    ///
    /// - Throws: ``AccountError/invalidCredentials``; ``AccountError/throttled(retryAfterSeconds:)``.
    public func confirmPassword(_ password: String, in session: ConsoleSession) async throws {
        try await check(password, of: session)
        let now = clock.now
        try await store.step(onConsole: .admin(session.admin.id)) { _ in
            var change = ConsoleChange()
            change.confirms = (session.id, now)
            return ConsoleDecision((), change)
        }
    }

    /// An admin's open sessions, newest first.
    public func sessions(of session: ConsoleSession) async throws -> [ConsoleSession] {
        let now = clock.now
        return try await store.consoleSessions(of: session.admin.id).filter {
            now < $0.lastSeenAt.adding(policy.console.idleTime) && now < $0.startedAt.adding(policy.console.sessionTime)
        }
    }

    /// - Parameter ending: which of the admin's sessions.
    public func logOut(_ session: ConsoleSession, _ ending: ConsoleChange.Ending) async throws {
        try await store.step(onConsole: .admin(session.admin.id)) { _ in
            var change = ConsoleChange()
            change.ends = ending
            change.events = [AuditEvent(.adminLoggedOut, by: session.actor, subject: session.id.description)]
            return ConsoleDecision((), change)
        }
    }

    /// - Throws: ``AccountError/invalidCredentials``; ``AccountError/throttled(retryAfterSeconds:)``.
    func check(_ password: String, of session: ConsoleSession) async throws {
        let attempt = try throttle.admit(ownPasswordOf: session.admin.id)
        do {
            let hash = try await passwordHash(of: .admin(session.admin.id))
            let isRight = try await hasher.verify(PasswordCandidate(password), against: hash)
            let counts = isRight ? throttle.succeeded(attempt) : throttle.failed(attempt)
            try await store.step(onConsole: .admin(session.admin.id)) { _ in
                var change = ConsoleChange()
                change.throttles = counts
                return ConsoleDecision((), change)
            }
            guard isRight else { throw AccountError.invalidCredentials }
        } catch {
            throttle.end(attempt)
            throw error
        }
    }
}
