/// A developer's identity at a provider, as a store keeps it.
public struct IdentityLink: Hashable, Sendable {
    public let identity: TokenHash
    public let issuer: String
    /// What the provider called the person's groups at the first log-in.
    public let groups: [String]
    /// The provider's name for the person; nil for one that was linked before this was kept and has not logged in since.
    public let subject: SealedText?
    public let firstUsedAt: Timestamp
    public let lastUsedAt: Timestamp

    public init(
        identity: TokenHash, issuer: String, groups: [String] = [], subject: SealedText?, firstUsedAt: Timestamp,
        lastUsedAt: Timestamp
    ) {
        self.identity = identity
        self.issuer = issuer
        self.groups = groups
        self.subject = subject
        self.firstUsedAt = firstUsedAt
        self.lastUsedAt = lastUsedAt
    }
}
