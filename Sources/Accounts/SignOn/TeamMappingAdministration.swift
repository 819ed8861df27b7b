import Foundation

/// Says which groups of a provider mean which teams (contract operations on team group mappings).
public struct TeamMappingAdministration: Sendable {
    /// The most mappings of a provider.
    public static let mostMappings = 1000

    let store: any SignOnStore
    let mint: Mint
    let clock: any WallClock

    /// All groups of one team.
    public struct TeamGroups: Hashable, Sendable {
        public let team: UUID
        public let groups: [String]

        public init(team: UUID, groups: [String]) {
            self.team = team
            self.groups = groups
        }
    }

    /// - Throws: ``AccountError/notFound(_:)``.
    public func mappings(of provider: IdentityProviderID, at portal: Portal) async throws -> [TeamMapping] {
        guard try await store.identityProvider(provider, of: portal.id) != nil else {
            throw AccountError.notFound("identity provider")
        }
        return try await store.teamMappings(of: provider, in: portal.id)
    }

    /// - Throws: ``AccountError/notFound(_:)``.
    public func mapping(
        _ id: TeamMappingID, of provider: IdentityProviderID, at portal: Portal
    ) async throws -> TeamMapping {
        guard let mapping = try await mappings(of: provider, at: portal).first(where: { $0.id == id }) else { throw Self.missing }
        return mapping
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` for `group`; ``AccountError/conflict(_:)`` where there is this one already, or too many;
    ///   ``AccountError/notFound(_:)``.
    public func create(
        team: UUID, group: String, of provider: IdentityProviderID, at portal: Portal, by actor: AuditActor
    ) async throws -> TeamMapping {
        try TeamMapping.check(group: group, field: "group")
        let made = TeamMapping(id: mint.id(), provider: provider, team: team, group: group, createdAt: clock.now)
        return try await store.stepOnTeamMappings(of: provider, in: portal.id) { known in
            guard !known.contains(where: { $0.team == team && $0.group == group }) else {
                throw AccountError.conflict("This group is mapped to this team already.")
            }
            try Self.requireRoom(for: 1, beside: known.count)
            var decision = TeamMappingDecision(made)
            decision.adds = [made]
            decision.events = [Self.event(provider, portal, actor)]
            return decision
        }
    }

    /// - Throws: ``AccountError/notFound(_:)``.
    public func delete(
        _ id: TeamMappingID, of provider: IdentityProviderID, at portal: Portal, by actor: AuditActor
    ) async throws {
        try await store.stepOnTeamMappings(of: provider, in: portal.id) { known in
            guard known.contains(where: { $0.id == id }) else { throw Self.missing }
            var decision = TeamMappingDecision(())
            decision.deletes = [id]
            decision.events = [Self.event(provider, portal, actor)]
            return decision
        }
    }

    /// The groups of the portal's provider, team by team in the order of their ids, the groups in that of the alphabet.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` where the portal has no provider.
    public func groups(at portal: Portal) async throws -> [TeamGroups] {
        Self.byTeam(try await store.teamMappings(of: provider(of: portal), in: portal.id))
    }

    /// Gives each team that is named exactly these groups, and leaves the others.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for `data`, also where the portal has no provider; ``AccountError/conflict(_:)`` where
    ///   there would be too many.
    public func replace(_ wanted: [TeamGroups], at portal: Portal, by actor: AuditActor) async throws -> [TeamGroups] {
        let provider = try await provider(of: portal)
        for group in wanted.flatMap(\.groups) { try TeamMapping.check(group: group, field: "data.groups") }
        guard Set(wanted.map(\.team)).count == wanted.count else {
            throw AccountError.invalidField(.invalid("data", "must name each team once"))
        }
        let (mint, now) = (mint, clock.now)
        return try await store.stepOnTeamMappings(of: provider, in: portal.id) { known in
            var (kept, added, deleted): ([TeamMapping], [TeamMapping], Set<TeamMappingID>) = (known, [], [])
            for team in wanted {
                let before = kept.filter { $0.team == team.team }
                deleted.formUnion(before.filter { !team.groups.contains($0.group) }.map(\.id))
                var seen = Set(before.map(\.group))
                for group in team.groups where seen.insert(group).inserted {
                    added.append(
                        TeamMapping(id: mint.id(), provider: provider, team: team.team, group: group, createdAt: now))
                }
            }
            kept = kept.filter { !deleted.contains($0.id) }
            try Self.requireRoom(for: added.count, beside: kept.count)
            var decision = TeamMappingDecision(Self.byTeam(kept + added))
            guard !added.isEmpty || !deleted.isEmpty else { return decision }
            (decision.adds, decision.deletes) = (added, deleted)
            decision.events = [Self.event(provider, portal, actor)]
            return decision
        }
    }

    /// The provider that is on, or else the one that was made first.
    private func provider(of portal: Portal) async throws -> IdentityProviderID {
        if let active = portal.settings.identityProvider { return active }
        guard let first = try await store.identityProviders(of: portal.id).first else {
            throw AccountError.invalidField(.invalid("portalId", "must be a portal with an identity provider"))
        }
        return first.id
    }

    private static func byTeam(_ mappings: [TeamMapping]) -> [TeamGroups] {
        Dictionary(grouping: mappings, by: \.team)
            .map { team, groups in TeamGroups(team: team, groups: groups.map(\.group).sorted()) }
            .sorted { $0.team.uuidString < $1.team.uuidString }
    }

    private static func requireRoom(for added: Int, beside kept: Int) throws {
        guard kept + added <= mostMappings else {
            throw AccountError.conflict("An identity provider has at most \(mostMappings) team mappings.")
        }
    }

    private static let missing = AccountError.notFound("team group mapping")

    private static func event(_ provider: IdentityProviderID, _ portal: Portal, _ actor: AuditActor) -> AuditEvent {
        AuditEvent(.teamMappingsChanged, by: actor, portal: portal.id, subject: provider.description)
    }
}
