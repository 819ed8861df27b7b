/// Keeps a geo's admins and their tokens, which open no portal.
public protocol AdminStore: Sendable {
    /// Stores a new token of the admin with this address, and the admin too where the address is new, atomically.
    func addToken(_ token: AdminToken, of admin: Admin) async throws -> Admin

    /// The admin whose token this is.
    func admin(withToken hash: TokenHash) async throws -> Admin?
}

/// Somebody who decides who gets in.
public struct Admin: Hashable, Sendable {
    public let id: AdminID
    public let email: EmailAddress
    public let createdAt: Timestamp

    public init(id: AdminID, email: EmailAddress, createdAt: Timestamp) {
        self.id = id
        self.email = email
        self.createdAt = createdAt
    }
}

/// What a store keeps of an admin's token.
public struct AdminToken: Hashable, Sendable {
    public let hash: TokenHash
    /// What the token is for, in its maker's words.
    public let name: String
    public let createdAt: Timestamp

    public init(hash: TokenHash, name: String, createdAt: Timestamp) {
        self.hash = hash
        self.name = name
        self.createdAt = createdAt
    }
}
