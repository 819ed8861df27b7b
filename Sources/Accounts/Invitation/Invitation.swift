import Geography
import Languages

/// Makes a developer's account on an admin's word (contract operation `create-developer`).
///
/// Whoever was invited sets a password by the mailed link or, at any time, by "forgot password"; both prove the address. Where developers
/// log in through an identity provider only, the mail leads there instead.
public struct Invitation: Sendable {
    let store: any AccountStore
    let mint: Mint
    let clock: any WallClock
    let correspondence: Correspondence
    let policy: AccountPolicy

    /// - Parameters:
    ///   - language: in which mails to the developer speak; nil where the admin does not know.
    ///   - status: nil for the one that the portal gives to who registers: approved where it approves by itself, else pending.
    ///   - sendsMail: whether a mail with a link goes to the address; only to who may come in.
    /// - Throws: ``AccountError/invalidFields(_:)`` naming `full_name` and `email`; ``AccountError/conflict(_:)`` where the address
    ///   is a developer's of this portal already.
    public func create(
        fullName: String, email: String, language: Language? = nil, status: DeveloperStatus?, sendsMail: Bool,
        at portal: Portal, by actor: AuditActor
    ) async throws -> Developer {
        let (name, address) = try InvalidFields.collect({ try FullName(fullName) }, { try EmailAddress(email) })
        let (id, token, now, lifetime): (DeveloperID, _, _, _) = (
            mint.id(), mint.oneTimeToken(), clock.now, policy.invitationLifetime
        )
        return try await store.step(on: .address(address), in: portal.id) { account in
            guard account.developer == nil else {
                throw AccountError.conflict("There is a developer with this address already.")
            }
            let usual: DeveloperStatus = account.portal.settings.autoApproveDevelopers ? .approved : .pending
            let developer = Developer(
                id: id, portal: portal.id, email: address, fullName: name, status: status ?? usual, origin: .invitation,
                language: language, createdAt: now, updatedAt: now)
            var change = AccountChange(developer: developer)
            change.events = [AuditEvent(.developerCreated, by: actor, on: developer)]
            if sendsMail, developer.mayResetPassword, !account.portal.settings.passwordsEnabled {
                change.mails = [correspondence.invitedToSignOn(developer, at: account.portal, now: now)]
                change.events.append(AuditEvent(.developerInvited, by: actor, on: developer))
            } else if sendsMail, developer.mayResetPassword {
                change.issues = [
                    OneTimeToken(hash: TokenHash(of: token), purpose: .setPassword, expiresAt: now.adding(lifetime))
                ]
                change.mails = [
                    correspondence.invited(developer, token: token, lifetime: lifetime, at: account.portal, now: now)
                ]
                change.events.append(AuditEvent(.developerInvited, by: actor, on: developer))
            }
            return AccountDecision(developer, change)
        }
    }
}
