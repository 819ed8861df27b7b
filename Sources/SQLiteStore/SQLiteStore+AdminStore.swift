import Accounts
import GRDB

extension SQLiteStore: AdminStore {
    public func stepOnAdmins<Outcome: Sendable>(
        _ decide: @escaping @Sendable ([Admin]) throws -> AdminDecision<Outcome>
    ) async throws -> Outcome {
        let now = clock.now
        return try await commits.perform { database, effects in
            let decision = try decide(try database.admins())
            for admin in decision.saves { try database.save(admin) }
            if let id = decision.deletes {
                try database.delete(id)
                effects.erases = true
            }
            if let new = decision.issues { try database.insert(new.token, of: new.admin) }
            if let old = decision.revokes { try database.revoke(old.token, of: old.admin) }
            try database.append(decision.events, at: now)
            return decision.outcome
        }
    }

    public func admins() async throws -> [Admin] { try await read { try $0.admins() } }

    public func tokens(of admin: AdminID) async throws -> [AdminToken] { try await read { try $0.tokens(of: admin) } }

    public func admin(withToken hash: TokenHash) async throws -> (admin: Admin, token: AdminToken)? {
        try await read { try $0.admin(withToken: hash) }
    }

    public func note(useOf token: AdminTokenID, at moment: Timestamp) async throws {
        try await commits.perform { database, _ in try database.note(useOf: token, at: moment) }
    }
}
