/// Tells at which providers a developer is known: the owner, and the admins who look at the developer.
public struct KnownIdentities: Sendable {
    let store: any SignOnStore
    let sealing: SignOnSealing

    /// A developer's identity at a provider, readable.
    public struct Identity: Hashable, Sendable {
        public let issuer: String
        /// The provider's name for the person; nil for one that was linked before this was kept and has not logged in since.
        public let subject: String?
        /// The person's groups as they were at the first log-in.
        public let groups: [String]
        public let firstUsedAt: Timestamp
        public let lastUsedAt: Timestamp
    }

    /// The oldest first.
    public func identities(of developer: Developer) async throws -> [Identity] {
        try await store.identities(of: developer.id, in: developer.portal).map { link in
            Identity(
                issuer: link.issuer, subject: try link.subject.map { try sealing.open($0, for: Self.place(of: link.identity)) },
                groups: link.groups, firstUsedAt: link.firstUsedAt, lastUsedAt: link.lastUsedAt)
        }
    }

    /// Where a subject is sealed for.
    static func place(of identity: TokenHash) -> String { "subject of \(identity.bytes)" }
}
