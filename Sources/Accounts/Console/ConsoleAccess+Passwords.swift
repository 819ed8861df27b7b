import Geography

/// Passwords of admins: chosen by a mailed link, or changed in the console.
extension ConsoleAccess {
    /// Mails an admin the link that chooses a password; whoever asks learns nothing, neither by the answer nor by its time.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for what is no address.
    public func forgotPassword(email: String) async throws {
        let address = try InvalidFields.require { try EmailAddress(email) }
        try await EvenPace(interval: policy.answerInterval).run {
            try await store.step(onConsole: .address(address)) { found in
                guard let admin = found.admin, found.linksOfLastHour < policy.linksPerHour else { return ConsoleDecision(()) }
                return ConsoleDecision((), link(for: admin, AuditEvent(.adminLinkAsked, by: .anonymous, subject: "\(admin.id)")))
            }
        }
    }

    /// Mails an admin the link that chooses a password, for an owner. It counts among the links that the admin may ask for.
    ///
    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/throttled(retryAfterSeconds:)`` where the admin was sent enough of them in
    ///   the last hour, by whomever.
    public func mailLink(to id: AdminID, by actor: AuditActor) async throws {
        try await store.step(onConsole: .admin(id)) { found in
            guard let admin = found.admin else { throw AccountError.notFound("admin") }
            guard found.linksOfLastHour < policy.linksPerHour else {
                throw AccountError.throttled(retryAfterSeconds: Self.linksPeriod)
            }
            return ConsoleDecision((), link(for: admin, AuditEvent(.adminLinkMade, by: actor, subject: "\(id)")))
        }
    }

    /// The link that chooses a password, for the operator at the geo's machine, who hands it on. It is in no mail.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for what is no address; ``AccountError/notFound(_:)``.
    public func link(for email: String) async throws -> String {
        let address = try InvalidFields.require { try EmailAddress(email) }
        let (token, now) = (mint.oneTimeToken(), clock.now)
        try await store.step(onConsole: .address(address)) { found in
            guard let admin = found.admin else { throw AccountError.notFound("admin") }
            var change = ConsoleChange()
            issue(token, at: now, in: &change)
            change.events = [AuditEvent(.adminLinkMade, by: .operator, subject: "\(admin.id)")]
            return ConsoleDecision((), change)
        }
        return links.consolePassword(token)
    }

    /// Uses the link's token, once, and ends every session of the admin.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` saying which rule the password broke, which leaves the token unused;
    ///   ``AccountError/unknownToken``, for a used one too; ``AccountError/expiredToken``; ``AccountError/busy(retryAfterSeconds:)``.
    public func setPassword(_ text: String, token tokenText: String) async throws {
        let key = ConsoleKey.token(TokenHash(of: try OneTimeToken.read(tokenText)))
        let now = clock.now
        let admin = try await store.step(onConsole: key) { ConsoleDecision(try Self.owner(of: $0, at: now)) }
        let hash = try await hasher.hash(try InvalidFields.require { try Password(text, for: admin) })
        try await store.step(onConsole: key) { found in
            let admin = try Self.owner(of: found, at: now)
            var account = found.account ?? ConsoleAccount(admin: admin.id)
            account.passwordHash = hash
            return ConsoleDecision((), newPassword(of: admin, account, ending: .all, at: now))
        }
    }

    /// Whether a link's token can be used now, so that a page can say so before somebody types.
    ///
    /// - Throws: as ``setPassword(_:token:)``.
    public func look(at tokenText: String) async throws {
        let now = clock.now
        let hash = TokenHash(of: try OneTimeToken.read(tokenText))
        try await store.step(onConsole: .token(hash)) { found in
            _ = try Self.owner(of: found, at: now)
            return ConsoleDecision(())
        }
    }

    /// Changes the password of the session's admin, and ends all other sessions.
    ///
    /// - Throws: ``AccountError/invalidCredentials`` where the old one is wrong; ``AccountError/invalidFields(_:)`` for `new_password`;
    ///   ``AccountError/throttled(retryAfterSeconds:)``.
    public func changePassword(from old: String, to new: String, in session: ConsoleSession) async throws {
        let password = try InvalidFields.require { try Password(new, for: session.admin, field: "new_password") }
        try await check(old, of: session)
        let hash = try await hasher.hash(password)
        let now = clock.now
        try await store.step(onConsole: .admin(session.admin.id)) { found in
            guard var account = found.account, let admin = found.admin else { throw AccountError.notAuthenticated }
            account.passwordHash = hash
            var change = newPassword(of: admin, account, ending: .allBut(session.id), at: now)
            change.confirms = (session.id, now)
            return ConsoleDecision((), change)
        }
    }

    /// In seconds: in which so many links may be sent. When the oldest of them was sent is not asked, so this is the longest wait.
    private static let linksPeriod = 3600

    private static func owner(of found: ConsoleSnapshot, at now: Timestamp) throws -> Admin {
        guard let token = found.token, token.purpose == .setPassword, let admin = found.admin else {
            throw AccountError.unknownToken
        }
        guard now < token.expiresAt else { throw AccountError.expiredToken }
        return admin
    }

    private func newPassword(
        of admin: Admin, _ account: ConsoleAccount, ending: ConsoleChange.Ending, at now: Timestamp
    ) -> ConsoleChange {
        var change = ConsoleChange()
        change.account = account
        change.spends = Set(ConsoleToken.Purpose.allCases)
        change.ends = ending
        change.mails = [correspondence.consoleChanged(admin, .password, now: now)]
        change.events = [AuditEvent(.adminPasswordSet, by: .admin(admin.id), subject: "\(admin.id)")]
        return change
    }

    private func link(for admin: Admin, _ event: AuditEvent) -> ConsoleChange {
        let (token, now) = (mint.oneTimeToken(), clock.now)
        var change = ConsoleChange()
        issue(token, at: now, in: &change)
        change.mails = [correspondence.consolePassword(admin, token: token, lifetime: policy.console.linkLifetime, now: now)]
        change.events = [event]
        return change
    }

    /// A newer link replaces the older one.
    private func issue(_ token: GeoUUID, at now: Timestamp, in change: inout ConsoleChange) {
        change.spends = [.setPassword]
        change.issues = ConsoleToken(
            hash: TokenHash(of: token), purpose: .setPassword, expiresAt: now.adding(policy.console.linkLifetime))
    }
}
