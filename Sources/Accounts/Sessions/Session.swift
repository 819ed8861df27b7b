import Geography

/// A developer's log-in on one browser: an access token for minutes, and refresh tokens that follow one another.
public enum Session {}

/// What a client holds of a session.
public struct SessionTokens: Hashable, Sendable {
    public let access: GeoCredential
    public let refresh: GeoCredential
    public let accessExpiresAt: Timestamp
    public let refreshExpiresAt: Timestamp

    init(mint: Mint, lifetimes: SessionLifetimes, now: Timestamp) {
        access = mint.credential(.portalAccess)
        refresh = mint.credential(.portalRefresh)
        accessExpiresAt = now.adding(lifetimes.access)
        refreshExpiresAt = now.adding(lifetimes.refresh)
    }

    var hashes: SessionTokenHashes {
        SessionTokenHashes(
            access: TokenHash(of: access), refresh: TokenHash(of: refresh), accessExpiresAt: accessExpiresAt,
            refreshExpiresAt: refreshExpiresAt)
    }
}

/// What a store keeps of a session's tokens.
public struct SessionTokenHashes: Hashable, Sendable {
    public let access: TokenHash
    public let refresh: TokenHash
    public let accessExpiresAt: Timestamp
    public let refreshExpiresAt: Timestamp

    public init(access: TokenHash, refresh: TokenHash, accessExpiresAt: Timestamp, refreshExpiresAt: Timestamp) {
        self.access = access
        self.refresh = refresh
        self.accessExpiresAt = accessExpiresAt
        self.refreshExpiresAt = refreshExpiresAt
    }
}

/// A session that a step opens.
public struct NewSession: Hashable, Sendable {
    public let id: SessionID
    public let tokens: SessionTokenHashes
    public let createdAt: Timestamp

    public init(id: SessionID, tokens: SessionTokenHashes, createdAt: Timestamp) {
        self.id = id
        self.tokens = tokens
        self.createdAt = createdAt
    }
}

/// How long the tokens of a session are good for.
public struct SessionLifetimes: Hashable, Sendable {
    public var access: Duration
    public var refresh: Duration

    public init(access: Duration = .seconds(15 * 60), refresh: Duration = .seconds(30 * 24 * 3600)) {
        self.access = access
        self.refresh = refresh
    }
}
