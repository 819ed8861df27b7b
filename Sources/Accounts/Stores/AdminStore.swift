/// Keeps a geo's admins and their tokens, which open no portal.
public protocol AdminStore: Sendable {
    /// One atomic step on all admins of the geo, of whom there are few.
    ///
    /// - Parameter decide: as in ``AccountStore/step(on:in:decide:)``.
    /// - Throws: what `decide` throws; ``StoreError``.
    func stepOnAdmins<Outcome: Sendable>(
        _ decide: @escaping @Sendable ([Admin]) throws -> AdminDecision<Outcome>
    ) async throws -> Outcome

    /// In the order of their making.
    func admins() async throws -> [Admin]

    /// In the order of their making, the expired ones too.
    func tokens(of admin: AdminID) async throws -> [AdminToken]

    /// The admin whose token this is, and the token; expired ones too.
    func admin(withToken hash: TokenHash) async throws -> (admin: Admin, token: AdminToken)?

    /// Remembers when a token was shown.
    func note(useOf token: AdminTokenID, at moment: Timestamp) async throws
}

/// What a step on admins answers, and what it changes.
public struct AdminDecision<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    /// The admins as they are from now on, by their ids; new ones are created.
    public var saves: [Admin] = []
    /// An admin who goes, with every token.
    public var deletes: AdminID?
    /// A new token of an admin who is there afterwards.
    public var issues: (token: AdminToken, admin: AdminID)?
    /// A token that ends, where it is that admin's.
    public var revokes: (token: AdminTokenID, admin: AdminID)?
    public var events: [AuditEvent] = []

    public init(_ outcome: Outcome) { self.outcome = outcome }
}
