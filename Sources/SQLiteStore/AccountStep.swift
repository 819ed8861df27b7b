import Accounts
import Foundation
import GRDB

/// One step on one account, inside a transaction: what is known, and what changes.
struct AccountStep {
    let database: Database
    let portal: PortalID
    let sealing: MailSealing
    let now: Timestamp

    /// - Throws: ``AccountError/notFound(_:)`` where there is no such portal.
    func snapshot(of key: AccountKey) throws -> AccountSnapshot {
        let portal = try database.existingPortal(portal)
        let (row, token) = try find(key)
        let (isFoundByIdentity, identities) = try self.identities(of: row, foundBy: key)
        return AccountSnapshot(
            portal: portal, developer: try row.map(Developer.init(row:)),
            statusMailedAt: try row.flatMap { try $0.optionalTime("status_mailed_at") }, token: token,
            tokensOfLastHour: try row.map { try database.tokenCount(of: $0.id("id"), issuedWithin: .seconds(3600), of: now) }
                ?? 0,
            adminAddresses: token == nil ? [] : try database.adminAddresses(), isFoundByIdentity: isFoundByIdentity,
            identities: identities)
    }

    /// Writes a change, in the order of its properties.
    func apply(_ change: AccountChange, to known: Developer?, effects: inout CommitEffects) throws {
        let developer = change.developer ?? known
        guard developer.map({ $0.portal == portal }) ?? true else {
            throw StoreError.corrupt("a step at one portal that changes a developer of another")
        }
        if change.deletes {
            if let developer { try database.delete(developer.id, in: portal) }
            effects.erases = true
        } else {
            if let changed = change.developer, changed != known { try database.save(changed, over: known) }
            try applyBelongings(of: developer?.id, change)
        }
        for mail in change.mails {
            try database.insert(mail, sealed: sealing.seal(mail), of: change.deletes ? nil : developer?.id)
        }
        effects.addsMail = !change.mails.isEmpty
        try database.keep(change.throttles)
        try database.append(change.events, at: now)
    }

    private func applyBelongings(of developer: DeveloperID?, _ change: AccountChange) throws {
        guard let developer else {
            guard change.issues.isEmpty, change.opens == nil, change.links == nil else {
                throw StoreError.corrupt("a step without a developer that gives one a token")
            }
            return
        }
        for purpose in change.spends { try database.spendTokens(of: developer, for: purpose, at: now) }
        for token in change.issues { try database.insert(token, of: developer, at: now) }
        if let link = change.links { try database.link(link, to: developer, in: portal) }
        try database.end(change.ends, of: developer)
        if let session = change.opens { try database.open(session, of: developer) }
        if let moment = change.statusMailedAt { try database.remember(statusMailedAt: moment, to: developer) }
    }

    private func identities(of row: Row?, foundBy key: AccountKey) throws -> (isFoundByIdentity: Bool, [IdentityLink]) {
        guard let row, case .identity(let identity, _) = key else { return (false, []) }
        let links = try database.identities(of: row.id("id"))
        return (links.contains { $0.identity == identity }, links)
    }

    private func find(_ key: AccountKey) throws -> (Row?, OneTimeToken?) {
        switch key {
        case .address(let email): return (try database.developerRow(with: email, in: portal), nil)
        case .developer(let id): return (try database.developerRow(id, in: portal), nil)
        case .identity(let identity, let email):
            return (
                try database.developerRow(withIdentity: identity, in: portal)
                    ?? database.developerRow(with: email, in: portal), nil
            )
        case .oneTimeToken(let hash):
            let found = try database.oneTimeToken(hash, in: portal)
            return (found?.developer, found?.token)
        }
    }
}
