import Geography

/// What developers do with their own accounts: see, rename, choose a language, change the password, end sessions, take their data along, leave.
public struct OwnAccount: Sendable {
    let store: any AccountStore & SessionStore & AuditStore
    let identities: KnownIdentities
    let hasher: any PasswordHasher
    let clock: any WallClock
    let correspondence: Correspondence
    let throttle: Throttle

    /// - Throws: ``AccountError/invalidFields(_:)`` for `full_name`; ``AccountError/notAuthenticated`` where the account is gone.
    public func rename(to fullName: String, in session: OpenSession) async throws -> Developer {
        let name = try InvalidFields.require { try FullName(fullName) }
        let now = clock.now
        return try await step(session) { developer, _ in
            guard developer.fullName != name else { return AccountDecision(developer) }
            var developer = developer
            developer.fullName = name
            developer.updatedAt = now
            var change = AccountChange(developer: developer)
            change.events = [AuditEvent(.renamed, ofOwn: developer)]
            return AccountDecision(developer, change)
        }
    }

    /// Sets a new password, ends every other session, and says so by mail.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for `current_password` and `new_password`;
    ///   ``AccountError/throttled(retryAfterSeconds:)``; ``AccountError/busy(retryAfterSeconds:)``;
    ///   ``AccountError/notAuthenticated``.
    public func changePassword(from current: String, to new: String, in session: OpenSession) async throws {
        let developer = session.developer
        let password = try InvalidFields.require { try Password(new, for: developer, field: "new_password") }
        let forgiven = try await prove(current, field: "current_password", in: session)
        let hash = try await hasher.hash(password)
        let now = clock.now
        try await step(session) { owner, portal in
            guard owner.passwordHash == developer.passwordHash else { throw AccountError.notAuthenticated }
            var owner = owner
            owner.passwordHash = hash
            owner.updatedAt = now
            var change = AccountChange(developer: owner)
            change.spends = Set(OneTimeToken.Purpose.allCases)
            change.ends = .allBut(session.id)
            change.mails = [correspondence.passwordChanged(owner, at: portal, now: now)]
            change.throttles = forgiven
            change.events = [AuditEvent(.passwordChanged, ofOwn: owner)]
            return AccountDecision(change)
        }
    }

    /// The sessions that are open, newest first.
    public func sessions(in session: OpenSession) async throws -> [SessionSummary] {
        try await store.sessions(of: session.developer.id, in: session.developer.portal, at: clock.now)
    }

    /// Ends one session.
    ///
    /// - Throws: ``AccountError/notFound(_:)`` where the developer has no such one.
    public func end(_ id: SessionID, in session: OpenSession) async throws {
        guard try await sessions(in: session).contains(where: { $0.id == id }) else { throw AccountError.notFound("session") }
        try await step(session) { developer, _ in
            var change = AccountChange()
            change.ends = .one(id)
            change.events = [AuditEvent(.sessionEnded, ofOwn: developer, subject: id.description)]
            return AccountDecision(change)
        }
    }

    /// Logs out everywhere.
    public func endAllSessions(in session: OpenSession) async throws {
        try await step(session) { developer, _ in
            var change = AccountChange()
            change.ends = .all
            change.events = [AuditEvent(.loggedOut, ofOwn: developer)]
            return AccountDecision(change)
        }
    }

    /// Everything that the geo keeps about the developer, in a form that can be taken elsewhere (GDPR, articles 15 and 20).
    public func export(in session: OpenSession) async throws -> DeveloperExport {
        let developer = session.developer
        try await store.record([AuditEvent(.dataExported, ofOwn: developer)], throttles: [])
        var filter = AuditFilter()
        filter.developer = developer.id
        return DeveloperExport(
            developer: developer, identities: try await identities.identities(of: developer),
            sessions: try await sessions(in: session),
            auditEntries: try await store.auditEntries(matching: filter, after: 0, limit: DeveloperExport.mostEntries),
            at: clock.now)
    }

    /// Deletes the account with everything that belongs to it; the address may register again.
    ///
    /// - Parameter password: proves that it is the owner who asks, where the account has one; else the session is the proof.
    /// - Throws: ``AccountError/invalidFields(_:)`` for `password`; ``AccountError/throttled(retryAfterSeconds:)``;
    ///   ``AccountError/busy(retryAfterSeconds:)``; ``AccountError/notAuthenticated``.
    public func delete(password: String, in session: OpenSession) async throws {
        let hash = session.developer.passwordHash
        let forgiven = hash == nil ? [] : try await prove(password, field: "password", in: session)
        try await step(session) { developer, _ in
            guard developer.passwordHash == nil || hash != nil else { throw AccountError.notAuthenticated }
            var change = AccountChange(developer: developer)
            change.deletes = true
            change.throttles = forgiven
            change.events = [AuditEvent(.developerDeleted, ofOwn: developer)]
            return AccountDecision(change)
        }
    }

    /// - Returns: what the throttle forgives.
    private func prove(_ password: String, field: String, in session: OpenSession) async throws -> [ThrottleRecord] {
        // Nothing typed is no guess, and costs nothing.
        guard !password.isEmpty else { throw AccountError.invalidField(.required(field)) }
        let developer = session.developer
        let attempt = try throttle.admit(developer.id)
        do {
            guard try await hasher.verify(PasswordCandidate(password), against: developer.passwordHash) else {
                try await store.record(
                    [AuditEvent(.logInRefused, ofOwn: developer, subject: session.id.description)],
                    throttles: throttle.failed(attempt))
                throw AccountError.invalidField(.invalid(field, because: .wrongPassword))
            }
            return throttle.succeeded(attempt)
        } catch {
            if case AccountError.invalidFields = error { throw error }
            throttle.end(attempt)
            throw error
        }
    }

    func step<Outcome: Sendable>(
        _ session: OpenSession, _ decide: @escaping @Sendable (Developer, Portal) throws -> AccountDecision<Outcome>
    ) async throws -> Outcome {
        try await store.step(on: .developer(session.developer.id), in: session.developer.portal) { account in
            guard let developer = account.developer, developer.mayLogIn else { throw AccountError.notAuthenticated }
            return try decide(developer, account.portal)
        }
    }
}
