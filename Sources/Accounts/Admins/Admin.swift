/// Somebody who looks after the portals of one geo.
public struct Admin: Hashable, Sendable {
    public let id: AdminID
    public let email: EmailAddress
    public var role: AdminRole
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(id: AdminID, email: EmailAddress, role: AdminRole = .owner, createdAt: Timestamp, updatedAt: Timestamp? = nil) {
        self.id = id
        self.email = email
        self.role = role
        self.createdAt = createdAt
        self.updatedAt = updatedAt ?? createdAt
    }
}

/// What a store keeps of an admin's token.
public struct AdminToken: Hashable, Sendable {
    public let id: AdminTokenID
    public let hash: TokenHash
    /// What the token is for, in its maker's words.
    public let name: String
    public let createdAt: Timestamp
    /// Nil for a token that is good until it is revoked.
    public let expiresAt: Timestamp?
    /// To the minute; nil where it was never shown.
    public let lastUsedAt: Timestamp?

    public init(
        id: AdminTokenID, hash: TokenHash, name: String, createdAt: Timestamp, expiresAt: Timestamp? = nil,
        lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.hash = hash
        self.name = name
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }
}
