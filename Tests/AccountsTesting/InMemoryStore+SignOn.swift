import Accounts

extension InMemoryStore: SignOnStore {
    struct IdentityPlace: Hashable {
        let portal: PortalID
        let identity: TokenHash
    }

    package func identityProviders(of portal: PortalID) -> [IdentityProvider] {
        providers.values.filter { $0.portal == portal }.sorted { $0.id < $1.id }
    }

    package func identityProvider(_ id: IdentityProviderID, of portal: PortalID) -> IdentityProvider? {
        providers[id].flatMap { $0.portal == portal ? $0 : nil }
    }

    package func stepOnIdentityProviders<Outcome: Sendable>(
        of portal: PortalID, decide: @escaping @Sendable (Portal, [IdentityProvider]) throws -> IdentityProviderDecision<Outcome>
    ) throws -> Outcome {
        guard let known = portals[portal] else { throw AccountError.notFound("portal") }
        let decision = try decide(known, identityProviders(of: portal))
        for provider in decision.saves { providers[provider.id] = provider }
        if let changed = decision.portal { portals[portal] = changed }
        for provider in decision.deletes {
            providers[provider] = nil
            teamMappings = teamMappings.filter { $0.value.provider != provider }
        }
        record(decision.events, throttles: [])
        return decision.outcome
    }

    package func spendAttempt(_ state: TokenHash, at portal: PortalID, until end: Timestamp) -> Bool {
        guard spentAttempts[state] == nil else { return false }
        spentAttempts[state] = end
        return true
    }

    package func identities(of developer: DeveloperID, in portal: PortalID) -> [IdentityLink] {
        guard self.developer(developer, in: portal) != nil else { return [] }
        return identities.values.filter { $0.developer == developer }.map(\.link).sorted { $0.firstUsedAt < $1.firstUsedAt }
    }

    package func teamMappings(of provider: IdentityProviderID, in portal: PortalID) -> [TeamMapping] {
        guard identityProvider(provider, of: portal) != nil else { return [] }
        return teamMappings.values.filter { $0.provider == provider }.sorted { $0.id < $1.id }
    }

    package func stepOnTeamMappings<Outcome: Sendable>(
        of provider: IdentityProviderID, in portal: PortalID,
        decide: @escaping @Sendable ([TeamMapping]) throws -> TeamMappingDecision<Outcome>
    ) throws -> Outcome {
        guard identityProvider(provider, of: portal) != nil else { throw AccountError.notFound("identity provider") }
        let decision = try decide(teamMappings(of: provider, in: portal))
        for mapping in decision.deletes { teamMappings[mapping] = nil }
        for mapping in decision.adds { teamMappings[mapping.id] = mapping }
        record(decision.events, throttles: [])
        return decision.outcome
    }

    package func origin(ofSessionWith token: TokenHash, in portal: PortalID) -> SessionOrigin? {
        let stored = sessions.values.first {
            [$0.tokens.access, $0.tokens.refresh].contains(token) || $0.usedRefreshTokens.contains(token)
        }
        guard let stored, developer(stored.developer, in: portal) != nil else { return nil }
        return stored.new.origin
    }

    package func endSessions(toldBy notice: LogOutNotice, in portal: PortalID, at now: Timestamp) -> Bool {
        guard notices[notice.id] == nil else { return false }
        notices[notice.id] = notice.expiresAt
        guard notice.identity != nil || notice.providerSession != nil else { return true }
        for (id, session) in sessions.sorted(by: { $0.key < $1.key }) {
            guard let owner = developer(session.developer, in: portal), let origin = session.new.origin,
                notice.identity == nil || notice.identity == origin.identity,
                notice.providerSession == nil || notice.providerSession == origin.providerSession
            else { continue }
            sessions[id] = nil
            record([AuditEvent(.loggedOutByProvider, by: .anonymous, on: owner, subject: id.description)], throttles: [])
        }
        return true
    }

    // MARK: Identities

    func developer(with identity: TokenHash, or email: EmailAddress, in portal: PortalID) -> Developer? {
        let linked = identities[IdentityPlace(portal: portal, identity: identity)].flatMap { developers[$0.developer] }
        return linked ?? developer(with: email, in: portal)
    }

    func isFoundByIdentity(_ key: AccountKey, _ found: Developer?) -> Bool {
        guard case .identity(let identity, _) = key, let found else { return false }
        return identities[IdentityPlace(portal: found.portal, identity: identity)]?.developer == found.id
    }

    func identities(of developer: Developer?, askedBy key: AccountKey) -> [IdentityLink] {
        guard case .identity = key, let developer else { return [] }
        return identities.values.filter { $0.developer == developer.id }.map(\.link)
    }

    /// - Throws: ``AccountError/conflict(_:)`` for another developer's.
    func keep(_ link: IdentityLink, of developer: DeveloperID) throws {
        guard let portal = developers[developer]?.portal else { return }
        let place = IdentityPlace(portal: portal, identity: link.identity)
        guard let known = identities[place] else {
            identities[place] = (developer, link)
            return
        }
        guard known.developer == developer else { throw AccountError.conflict("This identity is another developer's.") }
        identities[place] = (
            developer,
            IdentityLink(
                identity: link.identity, issuer: known.link.issuer, groups: known.link.groups, subject: link.subject,
                firstUsedAt: known.link.firstUsedAt, lastUsedAt: link.lastUsedAt)
        )
    }
}
