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

    public func spendAttempt(_ state: TokenHash, at portal: PortalID, until end: Timestamp) async throws -> Bool {
        try await commits.perform { database, _ in try database.spendAttempt(state, at: portal, until: end) }
    }

    public func identities(of developer: DeveloperID, in portal: PortalID) async throws -> [IdentityLink] {
        try await read { database in
            guard try database.developerRow(developer, in: portal) != nil else { return [] }
            return try database.identities(of: developer)
        }
    }

    public func teamMappings(of provider: IdentityProviderID, in portal: PortalID) async throws -> [TeamMapping] {
        try await read { try $0.teamMappings(of: provider, in: portal) }
    }

    public func stepOnTeamMappings<Outcome: Sendable>(
        of provider: IdentityProviderID, in portal: PortalID,
        decide: @escaping @Sendable ([TeamMapping]) throws -> TeamMappingDecision<Outcome>
    ) async throws -> Outcome {
        let now = clock.now
        return try await commits.perform { database, _ in
            guard try database.identityProvider(provider, of: portal) != nil else {
                throw AccountError.notFound("identity provider")
            }
            let decision = try decide(database.teamMappings(of: provider, in: portal))
            for mapping in decision.deletes { try database.delete(mapping, of: provider) }
            for mapping in decision.adds { try database.insert(mapping) }
            try database.append(decision.events, at: now)
            return decision.outcome
        }
    }

    public func origin(ofSessionWith token: TokenHash, in portal: PortalID) async throws -> SessionOrigin? {
        try await read { try $0.origin(ofSessionWith: token, in: portal) }
    }

    public func endSessions(toldBy notice: LogOutNotice, in portal: PortalID, at now: Timestamp) async throws -> Bool {
        try await commits.perform { database, _ in try database.endSessions(toldBy: notice, in: portal, at: now) }
    }
}
