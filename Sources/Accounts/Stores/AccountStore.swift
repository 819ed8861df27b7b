/// Keeps the developers of one geo, and changes them in whole atomic steps.
///
/// Each step reads an account, lets the domain decide, and writes all of the decision or nothing of it. Once a step has
/// returned, its effects survive the death of the process and of the machine. Two steps on one account happen one after
/// the other, whichever nodes they come from; so of two uses of one token exactly one sees it unused.
public protocol AccountStore: Sendable {
    /// One atomic step on one account.
    ///
    /// - Parameters:
    ///   - key: what names the account. The snapshot's `developer` is nil where there is none by this key.
    ///   - portal: the account's portal. A key of another portal's account finds nothing.
    ///   - decide: the rules. It may run more than once and must have no effects of its own; what it throws is thrown here,
    ///     with nothing changed.
    /// - Throws: what `decide` throws; ``AccountError/notFound(_:)`` where there is no such portal; ``AccountError/conflict(_:)``
    ///   where a new developer's address is another's of this portal; ``StoreError``.
    func step<Outcome: Sendable>(
        on key: AccountKey, in portal: PortalID,
        decide: @escaping @Sendable (AccountSnapshot) throws -> AccountDecision<Outcome>
    ) async throws -> Outcome

    /// The developer with this address, for a check that needs no step; nil where there is none.
    func developer(with email: EmailAddress, in portal: PortalID) async throws -> Developer?

    func developer(_ id: DeveloperID, in portal: PortalID) async throws -> Developer?

    /// Those of the developers who are there, in any order.
    func developers(_ ids: Set<DeveloperID>, in portal: PortalID) async throws -> [Developer]

    /// One page of a portal's developers.
    ///
    /// The total is exact up to ``DeveloperFilter/countedMatches``, and beyond that where the filter has no text.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` where the portal is too large for a search by so short a text.
    func developers(
        in portal: PortalID, matching filter: DeveloperFilter, sortedBy order: DeveloperOrder, page: PageRequest
    ) async throws -> Page<Developer>
}

/// What names an account.
public enum AccountKey: Hashable, Sendable {
    case address(EmailAddress)
    case developer(DeveloperID)
    case oneTimeToken(TokenHash)
    /// Somebody whom an identity provider has sent: the account with this identity, else the one with this address.
    case identity(TokenHash, EmailAddress)
}

/// What a decision may depend on, all read at one moment.
public struct AccountSnapshot: Sendable {
    public let portal: Portal
    public let developer: Developer?
    /// When the owner was last told the registration's status by mail.
    public let statusMailedAt: Timestamp?
    /// The token by which the account was found.
    public let token: OneTimeToken?
    /// How many one-time tokens were issued to the developer in the last hour, whatever became of them.
    public let tokensOfLastHour: Int
    /// Where to write to the geo's admins who decide about developers; empty where the account was not found by a token, because
    /// only what follows a mailed link concerns them.
    public let adminAddresses: [EmailAddress]
    /// Whether the account was found by an identity, not by the address beside it.
    public let isFoundByIdentity: Bool
    /// The developer's identities; empty where the account was not looked for by one.
    public let identities: [IdentityLink]

    public init(
        portal: Portal, developer: Developer?, statusMailedAt: Timestamp?, token: OneTimeToken?, tokensOfLastHour: Int,
        adminAddresses: [EmailAddress], isFoundByIdentity: Bool = false, identities: [IdentityLink] = []
    ) {
        self.portal = portal
        self.developer = developer
        self.statusMailedAt = statusMailedAt
        self.token = token
        self.tokensOfLastHour = tokensOfLastHour
        self.adminAddresses = adminAddresses
        self.isFoundByIdentity = isFoundByIdentity
        self.identities = identities
    }
}

/// What a step answers, and what it changes.
public struct AccountDecision<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    public let change: AccountChange

    public init(_ outcome: Outcome, _ change: AccountChange = AccountChange()) {
        self.outcome = outcome
        self.change = change
    }
}

extension AccountDecision where Outcome == Void {
    public init(_ change: AccountChange = AccountChange()) { self.init((), change) }
}

/// The effects of one step, written together. They are applied in the order of the properties.
public struct AccountChange: Sendable {
    /// The developer as it is from now on; created where its id is new, deleted with everything that it owns where ``deletes`` is set.
    public var developer: Developer?
    public var deletes = false
    /// Unused tokens of these purposes are spent, the one that was used here among them.
    public var spends: Set<OneTimeToken.Purpose> = []
    /// New tokens of the developer.
    public var issues: [OneTimeToken] = []
    /// An identity of the developer at a provider: a new one, or a known one that was used again and keeps its groups and its first use.
    ///
    /// A step that links another developer's identity throws ``AccountError/conflict(_:)``.
    public var links: IdentityLink?
    /// Which sessions of the developer end.
    public var ends = SessionEnding.none
    /// A new session of the developer.
    public var opens: NewSession?
    /// Remembers that the owner was told the status at this moment.
    public var statusMailedAt: Timestamp?
    /// Mails that go out because of this step.
    public var mails: [OutboxMail] = []
    /// What the throttle has to remember, or to forget.
    public var throttles: [ThrottleRecord] = []
    /// What the audit log tells of this step.
    public var events: [AuditEvent] = []

    public init(developer: Developer? = nil) { self.developer = developer }
}

/// Which of a developer's sessions a step ends.
public enum SessionEnding: Hashable, Sendable {
    case none
    case all
    case allBut(SessionID)
    case one(SessionID)
}

/// What a store itself can refuse with.
public enum StoreError: Error, Equatable, Sendable {
    /// The disk is full or the store cannot be written now; reading may go on. Nothing was changed.
    case unavailable(String)
    /// What is stored cannot be read as what it should be.
    case corrupt(String)
}
