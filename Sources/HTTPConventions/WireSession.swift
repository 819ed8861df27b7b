import Accounts

/// A session as its developer sees it.
public struct WireSession: Encodable {
    let id: String
    let createdAt: String
    let lastUsedAt: String
    let expiresAt: String
    /// What the client called itself.
    @Nullable var client: String?
    /// Whether it is the one that asks.
    let current: Bool

    public init(_ session: SessionSummary, current: SessionID) {
        id = session.id.description
        createdAt = session.createdAt.wire
        lastUsedAt = session.renewedAt.wire
        expiresAt = session.expiresAt.wire
        client = session.agent
        self.current = session.id == current
    }
}
