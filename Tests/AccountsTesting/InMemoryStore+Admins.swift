import Accounts

extension InMemoryStore: AdminStore {
    /// A token and whose it is.
    struct IssuedToken {
        var token: AdminToken
        let admin: AdminID
    }

    package func stepOnAdmins<Outcome: Sendable>(
        _ decide: @escaping @Sendable ([Admin]) throws -> AdminDecision<Outcome>
    ) throws -> Outcome {
        let decision = try decide(admins())
        for admin in decision.saves { adminsByID[admin.id] = admin }
        if let id = decision.deletes {
            adminsByID[id] = nil
            adminTokens.removeAll { $0.admin == id }
            removeConsole(of: id)
        }
        if let new = decision.issues { adminTokens.append(IssuedToken(token: new.token, admin: new.admin)) }
        if let old = decision.revokes { adminTokens.removeAll { $0.admin == old.admin && $0.token.id == old.token } }
        record(decision.events, throttles: [])
        return decision.outcome
    }

    package func admins() -> [Admin] { adminsByID.values.sorted { $0.id < $1.id } }

    package func tokens(of admin: AdminID) -> [AdminToken] { adminTokens.filter { $0.admin == admin }.map(\.token) }

    package func admin(withToken hash: TokenHash) -> (admin: Admin, token: AdminToken)? {
        guard let issued = adminTokens.first(where: { $0.token.hash == hash }), let admin = adminsByID[issued.admin] else {
            return nil
        }
        return (admin, issued.token)
    }

    package func note(useOf token: AdminTokenID, at moment: Timestamp) {
        for index in adminTokens.indices where adminTokens[index].token.id == token {
            let old = adminTokens[index].token
            adminTokens[index].token = AdminToken(
                id: old.id, hash: old.hash, name: old.name, createdAt: old.createdAt, expiresAt: old.expiresAt, lastUsedAt: moment
            )
        }
    }
}
