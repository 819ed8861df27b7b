import Geography

/// Sets a password by a one-time token: the first one after verifying the address, or a new one (contract operation
/// `reset-password`).
///
/// The first password completes the registration: the developer is approved at once where the portal approves by itself;
/// otherwise the admins are told that somebody waits.
public struct PasswordSetting: Sendable {
    let store: any AccountStore
    let hasher: any PasswordHasher
    let clock: any WallClock
    let correspondence: Correspondence
    let devices: KnownDevices

    /// What follows a new password.
    public struct Outcome: Hashable, Sendable {
        /// Whoever is `approved` can log in.
        public let status: DeveloperStatus
        /// Makes this browser a known one: its owner has just shown to read the account's mail.
        public let device: String
    }

    /// Uses the token, once, and ends every session of the developer.
    ///
    /// A password that breaks a rule leaves the token unused.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` saying which rule the password broke; ``AccountError/unknownToken``,
    ///   ``AccountError/usedToken`` or ``AccountError/expiredToken``; ``AccountError/busy(retryAfterSeconds:)``;
    ///   ``AccountError/authenticationDisabled``; ``AccountError/passwordsDisabled``.
    @discardableResult
    public func setPassword(_ text: String, token tokenText: String, at portal: Portal) async throws -> Outcome {
        try portal.settings.requirePasswords()
        let key = AccountKey.oneTimeToken(TokenHash(of: try OneTimeToken.read(tokenText)))
        let now = clock.now
        let owner = try await store.step(on: key, in: portal.id) { account in
            AccountDecision(try Self.owner(of: account, at: now))
        }
        let hash = try await hasher.hash(try InvalidFields.require { try Password(text, for: owner) })
        return try await store.step(on: key, in: portal.id) { account in
            var developer = try Self.owner(of: account, at: now)
            let isFirst = developer.passwordHash == nil
            let before = developer.status
            developer.passwordHash = hash
            // The token came by mail, so whoever shows it reads the mail of this address.
            developer.verifiedAt = developer.verifiedAt ?? now
            developer.updatedAt = now
            // Of an invited one the admin has decided already.
            if isFirst, developer.status == .pending, developer.origin == .registration,
                account.portal.settings.autoApproveDevelopers
            {
                developer.status = try developer.status.transition(to: .approved)
            }
            var change = AccountChange(developer: developer)
            change.spends = [.setPassword, .verifyEmail]
            change.ends = .all
            change.mails = [correspondence.passwordChanged(developer, at: account.portal, now: now)]
            if isFirst, developer.status == .pending {
                change.mails += correspondence.approvalRequested(
                    developer, to: account.adminAddresses, at: account.portal, now: now)
            }
            change.events = [AuditEvent(.passwordSet, ofOwn: developer)]
            if developer.status != before {
                change.events.append(AuditEvent(.developerApproved, by: .node, on: developer, from: before))
            }
            let outcome = Outcome(status: developer.status, device: devices.token(for: developer.email, at: portal.id))
            return AccountDecision(outcome, change)
        }
    }

    private static func owner(of account: AccountSnapshot, at now: Timestamp) throws -> Developer {
        try account.portal.settings.requirePasswords()
        guard let token = account.token, let developer = account.developer else { throw AccountError.unknownToken }
        try token.redeem(for: .setPassword, at: now)
        return developer
    }
}
