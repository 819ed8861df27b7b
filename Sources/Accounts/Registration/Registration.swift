import Geography

/// Asks for an account at one portal (contract operation `register`).
///
/// Whoever asks learns nothing about the address: the answer, and its time, are the same for a new, a known and a refused one.
/// Its owner learns the rest by mail.
///
/// ```
/// unknown address           -> developer, verification token, mail
/// known, not yet verified   -> new token, mail; the old token is spent
/// known and verified,
/// or refused by an admin    -> a mail that tells the status, at most one in ten minutes
/// ```
public struct Registration: Sendable {
    let store: any AccountStore
    let mint: Mint
    let clock: any WallClock
    let correspondence: Correspondence
    let policy: AccountPolicy

    /// - Throws: ``AccountError/invalidFields(_:)`` naming `full_name` and `email`; ``AccountError/authenticationDisabled``.
    public func register(fullName: String, email: String, at portal: Portal) async throws {
        let (name, address) = try InvalidFields.collect({ try FullName(fullName) }, { try EmailAddress(email) })
        guard portal.settings.authenticationEnabled else { throw AccountError.authenticationDisabled }
        let now = clock.now
        let newcomer = Developer(
            id: mint.id(), portal: portal.id, email: address, fullName: name, createdAt: now, updatedAt: now)
        let token = mint.oneTimeToken()
        try await EvenPace(interval: policy.answerInterval).run {
            try await store.step(on: .address(address), in: portal.id) { account in
                guard var developer = account.developer else {
                    return AccountDecision(verification(of: newcomer, token: token, at: account.portal, now: now))
                }
                guard !developer.isVerified, developer.status == .pending else {
                    return AccountDecision(statusNotice(to: developer, account: account, now: now))
                }
                developer.fullName = name
                developer.updatedAt = now
                return AccountDecision(verification(of: developer, token: token, at: account.portal, now: now))
            }
        }
    }

    private func verification(of developer: Developer, token: GeoUUID, at portal: Portal, now: Timestamp) -> AccountChange {
        let lifetime = policy.verificationLifetime
        var change = AccountChange(developer: developer)
        change.spends = [.verifyEmail]
        change.issues = [OneTimeToken(hash: TokenHash(of: token), purpose: .verifyEmail, expiresAt: now.adding(lifetime))]
        change.mails = [correspondence.verifyEmail(developer, token: token, lifetime: lifetime, at: portal, now: now)]
        return change
    }

    private func statusNotice(to developer: Developer, account: AccountSnapshot, now: Timestamp) -> AccountChange {
        if let last = account.statusMailedAt, now < last.adding(policy.statusMailInterval) { return AccountChange() }
        var change = AccountChange(developer: developer)
        change.statusMailedAt = now
        change.mails = [correspondence.registrationStatus(developer, at: account.portal, now: now)]
        return change
    }
}
