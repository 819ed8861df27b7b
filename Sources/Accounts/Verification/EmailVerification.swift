import Geography

/// Proves that an address is its owner's, by the token that was mailed there (contract operation `verify-email`).
public struct EmailVerification: Sendable {
    /// What follows a verified address: the token that sets the first password.
    public struct Verified: Hashable, Sendable {
        public let email: EmailAddress
        public let passwordToken: GeoUUID
    }

    let store: any AccountStore
    let mint: Mint
    let clock: any WallClock
    let policy: AccountPolicy

    /// Uses the token, once.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for a token that is no UUID; ``AccountError/unknownToken``,
    ///   ``AccountError/usedToken`` or ``AccountError/expiredToken``; ``AccountError/authenticationDisabled``; ``AccountError/passwordsDisabled``.
    public func verify(token text: String, at portal: Portal) async throws -> Verified {
        try portal.settings.requirePasswords()
        let token = try OneTimeToken.read(text)
        let passwordToken = mint.oneTimeToken()
        let now = clock.now
        return try await store.step(on: .oneTimeToken(TokenHash(of: token)), in: portal.id) { account in
            try account.portal.settings.requirePasswords()
            guard let token = account.token, var developer = account.developer else { throw AccountError.unknownToken }
            try token.redeem(for: .verifyEmail, at: now)
            developer.verifiedAt = developer.verifiedAt ?? now
            developer.updatedAt = now
            var change = AccountChange(developer: developer)
            change.spends = [.verifyEmail, .setPassword]
            change.issues = [
                OneTimeToken(
                    hash: TokenHash(of: passwordToken), purpose: .setPassword,
                    expiresAt: now.adding(policy.passwordCreationLifetime))
            ]
            change.events = [AuditEvent(.emailVerified, ofOwn: developer)]
            return AccountDecision(Verified(email: developer.email, passwordToken: passwordToken), change)
        }
    }
}
