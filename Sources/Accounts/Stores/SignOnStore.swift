/// Keeps the identity providers of one geo's portals, and log-ins through them.
public protocol SignOnStore: Sendable {
    /// A portal's providers, in the order of their making.
    func identityProviders(of portal: PortalID) async throws -> [IdentityProvider]

    func identityProvider(_ id: IdentityProviderID, of portal: PortalID) async throws -> IdentityProvider?

    /// One atomic step on a portal's providers together with the portal, whose settings say which provider is on.
    ///
    /// - Throws: what `decide` throws; ``AccountError/notFound(_:)`` where there is no such portal.
    func stepOnIdentityProviders<Outcome: Sendable>(
        of portal: PortalID, decide: @escaping @Sendable (Portal, [IdentityProvider]) throws -> IdentityProviderDecision<Outcome>
    ) async throws -> Outcome

    /// Remembers that the attempt with this state is used.
    ///
    /// - Parameter end: when the attempt is over in any case, and need not be remembered any more.
    /// - Returns: whether it was unused; of many who ask at once exactly one reads true.
    func spendAttempt(_ state: TokenHash, at portal: PortalID, until end: Timestamp) async throws -> Bool

    /// A developer's identities at providers, the oldest first.
    func identities(of developer: DeveloperID, in portal: PortalID) async throws -> [IdentityLink]

    /// Which groups of a provider mean which teams, in the order of their ids.
    func teamMappings(of provider: IdentityProviderID, in portal: PortalID) async throws -> [TeamMapping]

    /// One atomic step on a provider's team mappings.
    ///
    /// - Throws: what `decide` throws; ``AccountError/notFound(_:)`` where there is no such provider.
    func stepOnTeamMappings<Outcome: Sendable>(
        of provider: IdentityProviderID, in portal: PortalID,
        decide: @escaping @Sendable ([TeamMapping]) throws -> TeamMappingDecision<Outcome>
    ) async throws -> Outcome

    /// Through which provider the session of an access or refresh token was opened; nil for one that was opened by password.
    func origin(ofSessionWith token: TokenHash, in portal: PortalID) async throws -> SessionOrigin?

    /// Ends the sessions that a provider has ended, and the audit log tells of it; once for each notice, whatever becomes of it.
    ///
    /// - Returns: whether the notice was a new one.
    func endSessions(toldBy notice: LogOutNotice, in portal: PortalID, at now: Timestamp) async throws -> Bool
}

/// What a step on a portal's providers answers, and what it changes.
public struct IdentityProviderDecision<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    /// Providers as they are from now on.
    public var saves: [IdentityProvider] = []
    public var deletes: Set<IdentityProviderID> = []
    /// The portal with other settings; nil where it stays.
    public var portal: Portal?
    public var events: [AuditEvent] = []

    public init(_ outcome: Outcome) { self.outcome = outcome }
}

/// What a step on a provider's team mappings answers, and what it changes.
public struct TeamMappingDecision<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    public var adds: [TeamMapping] = []
    public var deletes: Set<TeamMappingID> = []
    public var events: [AuditEvent] = []

    public init(_ outcome: Outcome) { self.outcome = outcome }
}

/// What a provider says about sessions that have ended there, as hashes.
public struct LogOutNotice: Hashable, Sendable {
    public let id: TokenHash
    public let identity: TokenHash?
    public let providerSession: TokenHash?
    public let expiresAt: Timestamp

    public init(id: TokenHash, identity: TokenHash?, providerSession: TokenHash?, expiresAt: Timestamp) {
        self.id = id
        self.identity = identity
        self.providerSession = providerSession
        self.expiresAt = expiresAt
    }
}
