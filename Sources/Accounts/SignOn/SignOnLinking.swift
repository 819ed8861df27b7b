/// Decides which account somebody gets whom a provider has sent.
///
/// ```
/// account with this identity                          -> that one, if it may log in
/// none with this address                              -> a new one, approved and verified
/// with this address, never verified, no password set  -> becomes this person's: nobody has proven anything about it
/// rejected or revoked                                 -> as a wrong log-in
/// other person of this provider has it                -> refused: companies give addresses to new people
/// otherwise                                           -> linked where the provider has verified the address and, if there is a
///                                                        password or another identity, the portal allows it; else refused
/// ```
struct SignOnLinking: Sendable {
    let proven: ProvenIdentity
    let provider: IdentityProvider
    /// Who is made where there is nobody.
    let newcomer: Developer
    /// The subject, as the store keeps it.
    let subject: SealedText
    let now: Timestamp

    /// - Throws: ``AccountError/invalidCredentials``; ``SignOnError/addressTaken``.
    func change(of account: AccountSnapshot) throws -> AccountChange {
        guard let developer = account.developer else {
            var change = AccountChange(developer: newcomer)
            change.links = link
            change.events = [AuditEvent(.signedUp, ofOwn: newcomer)]
            return change
        }
        guard developer.status != .rejected, developer.status != .revoked else { throw AccountError.invalidCredentials }
        if account.isFoundByIdentity {
            guard developer.mayLogIn else { throw AccountError.invalidCredentials }
            var change = AccountChange(developer: developer)
            change.links = link
            return change
        }
        return try takeOver(developer, linkedTo: account.identities, at: account.portal)
    }

    private var link: IdentityLink {
        IdentityLink(
            identity: proven.identity.hash, issuer: provider.issuer, groups: proven.groups, subject: subject, firstUsedAt: now,
            lastUsedAt: now)
    }

    private func takeOver(
        _ known: Developer, linkedTo identities: [IdentityLink], at portal: Portal
    ) throws -> AccountChange {
        guard !identities.contains(where: { $0.issuer == provider.issuer }) else { throw SignOnError.addressTaken }
        // Whoever was invited could claim the account by a mailed link, but for portals without passwords.
        let isFree = known.origin == .registration || !portal.settings.passwordsEnabled
        let isUnclaimed = !known.isVerified && known.passwordHash == nil && isFree
        let isOwned = known.passwordHash != nil || !identities.isEmpty
        guard isUnclaimed || proven.isEmailVerified == true && (!isOwned || provider.linksVerifiedAddresses) else {
            throw SignOnError.addressTaken
        }
        var developer = known
        if isUnclaimed { developer.fullName = newcomer.fullName }
        developer.verifiedAt = developer.verifiedAt ?? now
        if developer.status == .pending { developer.status = try developer.status.transition(to: .approved) }
        developer.updatedAt = now
        var change = AccountChange(developer: developer)
        change.links = link
        // Links that went out by mail before are for whoever asked for them, who need not be this person.
        change.spends = Set(OneTimeToken.Purpose.allCases)
        change.events = [AuditEvent(.identityLinked, ofOwn: developer)]
        if developer.status != known.status {
            change.events.append(AuditEvent(.developerApproved, by: .node, on: developer, from: known.status))
        }
        return change
    }
}
