import Geography
import Languages

/// Asks for an account at one portal (contract operation `register`).
///
/// Whoever asks learns nothing about the address: the answer, and its time, are the same for a new, a known and a refused one.
/// Its owner learns the rest by mail.
///
/// ```
/// unknown address           -> developer, verification token, mail
/// known, not yet verified   -> new token, mail; the old token is spent; only so many mails in an hour
/// known and verified,
/// or refused by an admin    -> a mail that tells the status, at most one in ten minutes
/// ```
public struct Registration: Sendable {
    let store: any AccountStore
    let mint: Mint
    let clock: any WallClock
    let correspondence: Correspondence
    let policy: AccountPolicy

    /// - Parameter language: of whoever asks, for a new account and for one whose address nobody has verified yet; nil where it is
    ///   not known. The language of a verified developer is its owner's to choose (``OwnAccount/chooseLanguage(_:in:)``).
    /// - Throws: ``AccountError/invalidFields(_:)`` naming `full_name` and `email`; ``AccountError/authenticationDisabled``; ``AccountError/passwordsDisabled``.
    public func register(fullName: String, email: String, language: Language? = nil, at portal: Portal) async throws {
        let (name, address) = try InvalidFields.collect({ try FullName(fullName) }, { try EmailAddress(email) })
        try portal.settings.requirePasswords()
        let now = clock.now
        let newcomer = Developer(
            id: mint.id(), portal: portal.id, email: address, fullName: name, language: language, createdAt: now,
            updatedAt: now)
        let token = mint.oneTimeToken()
        try await EvenPace(interval: policy.answerInterval).run {
            try await store.step(on: .address(address), in: portal.id) { account in
                try account.portal.settings.requirePasswords()
                guard var developer = account.developer else {
                    var change = verification(of: newcomer, token: token, at: account.portal, now: now)
                    change.events = [AuditEvent(.developerRegistered, by: .anonymous, on: newcomer)]
                    return AccountDecision(change)
                }
                guard !developer.isVerified, developer.status == .pending, developer.origin == .registration else {
                    return AccountDecision(statusNotice(to: developer, account: account, now: now))
                }
                guard account.tokensOfLastHour < policy.linksPerHour else { return AccountDecision(again(developer)) }
                developer.fullName = name
                developer.language = language ?? developer.language
                developer.updatedAt = now
                var change = verification(of: developer, token: token, at: account.portal, now: now)
                change.events = again(developer).events
                return AccountDecision(change)
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
        var change = again(developer)
        // A time to come is one that the clock told while it was ahead.
        if let last = account.statusMailedAt, last <= now, now < last.adding(policy.statusMailInterval) { return change }
        change.statusMailedAt = now
        change.mails = [correspondence.registrationStatus(developer, at: account.portal, now: now)]
        return change
    }

    private func again(_ developer: Developer) -> AccountChange {
        var change = AccountChange()
        change.events = [AuditEvent(.developerRegisteredAgain, by: .anonymous, on: developer)]
        return change
    }
}
