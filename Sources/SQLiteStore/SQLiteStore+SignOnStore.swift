import Accounts
import GRDB

extension SQLiteStore: SignOnStore {
    public func identityProviders(of portal: PortalID) async throws -> [IdentityProvider] {
        try await read { try $0.identityProviders(of: portal) }
    }

    public func identityProvider(_ id: IdentityProviderID, of portal: PortalID) async throws -> IdentityProvider? {
        try await read { try $0.identityProvider(id, of: portal) }
    }

    public func stepOnIdentityProviders<Outcome: Sendable>(
        of portal: PortalID, decide: @escaping @Sendable (Portal, [IdentityProvider]) throws -> IdentityProviderDecision<Outcome>
    ) async throws -> Outcome {
        defer { portals.forget() }
        let now = clock.now
        return try await commits.perform { database, _ in
            let decision = try decide(database.existingPortal(portal), database.identityProviders(of: portal))
            for provider in decision.saves { try database.save(provider) }
            if let changed = decision.portal { try database.update(changed) }
            for provider in decision.deletes { try database.delete(provider, of: portal) }
            try database.append(decision.events, at: now)
            return decision.outcome
        }
    }

    public func begin(_ attempt: SignOnAttempt, limit: Int) async throws {
        try await commits.perform { database, _ in try database.begin(attempt, limit: limit) }
    }

    public func takeAttempt(
        state: TokenHash, browser: TokenHash, at portal: PortalID, now: Timestamp
    ) async throws -> SignOnAttempt? {
        try await commits.perform { database, _ in
            try database.takeAttempt(state: state, browser: browser, at: portal, now: now)
        }
    }

    public func origin(ofSessionWith token: TokenHash, in portal: PortalID) async throws -> SessionOrigin? {
        try await read { try $0.origin(ofSessionWith: token, in: portal) }
    }

    public func endSessions(toldBy notice: LogOutNotice, in portal: PortalID, at now: Timestamp) async throws -> Bool {
        try await commits.perform { database, _ in try database.endSessions(toldBy: notice, in: portal, at: now) }
    }
}
