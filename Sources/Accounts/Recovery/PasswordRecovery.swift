import Geography

/// Mails a link that sets a new password (contract operation `forgot-password`).
public struct PasswordRecovery: Sendable {
    let store: any AccountStore
    let mint: Mint
    let clock: any WallClock
    let correspondence: Correspondence
    let policy: AccountPolicy

    /// Mails the link where an account can use it; whoever asks learns nothing, neither by the answer nor by its time.
    ///
    /// A newer link spends the older one.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for what is no address; ``AccountError/authenticationDisabled``; ``AccountError/passwordsDisabled``.
    public func forgotPassword(email: String, at portal: Portal) async throws {
        try portal.settings.requirePasswords()
        let address = try InvalidFields.require { try EmailAddress(email) }
        try await EvenPace(interval: policy.answerInterval).run { try await mailLink(to: address, at: portal) }
    }

    private func mailLink(to address: EmailAddress, at portal: Portal) async throws {
        let token = mint.oneTimeToken()
        let now = clock.now
        let lifetime = policy.passwordResetLifetime
        try await store.step(on: .address(address), in: portal.id) { account in
            guard let developer = account.developer, developer.mayResetPassword, account.portal.settings.offersPasswords
            else {
                return AccountDecision()
            }
            var change = AccountChange(developer: developer)
            change.events = [AuditEvent(.passwordResetAsked, by: .anonymous, on: developer)]
            // The links that went out an hour ago at most are still good for something, or were used.
            guard account.tokensOfLastHour < policy.linksPerHour else { return AccountDecision(change) }
            change.spends = [.setPassword]
            change.issues = [OneTimeToken(hash: TokenHash(of: token), purpose: .setPassword, expiresAt: now.adding(lifetime))]
            change.mails = [
                correspondence.resetPassword(developer, token: token, lifetime: lifetime, at: account.portal, now: now)
            ]
            return AccountDecision(change)
        }
    }
}
