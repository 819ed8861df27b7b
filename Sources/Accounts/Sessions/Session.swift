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
    /// What the browser called itself.
    public let agent: String?
    public let createdAt: Timestamp
    /// Where somebody logged in through a provider.
    public let origin: SessionOrigin?

    public init(
        id: SessionID, tokens: SessionTokenHashes, agent: String? = nil, createdAt: Timestamp, origin: SessionOrigin? = nil
    ) {
        self.origin = origin
        self.id = id
        self.tokens = tokens
        self.agent = agent
        self.createdAt = createdAt
    }
}

/// A session as its developer sees it in a list.
public struct SessionSummary: Hashable, Sendable {
    public let id: SessionID
    public let agent: String?
    public let createdAt: Timestamp
    /// When its tokens were last renewed.
    public let renewedAt: Timestamp
    /// When it ends, unless it is renewed.
    public let expiresAt: Timestamp

    public init(id: SessionID, agent: String?, createdAt: Timestamp, renewedAt: Timestamp, expiresAt: Timestamp) {
        self.id = id
        self.agent = agent
        self.createdAt = createdAt
        self.renewedAt = renewedAt
        self.expiresAt = expiresAt
    }
}

/// A session that is open now, and whose it is.
public struct OpenSession: Hashable, Sendable {
    public let id: SessionID
    public let developer: Developer

    public init(id: SessionID, developer: Developer) {
        self.id = id
        self.developer = developer
    }
}

/// How long the tokens of a session are good for.
public struct SessionLifetimes: Hashable, Sendable {
    public var access: Duration
    public var refresh: Duration
    /// After so long a session ends, however often it is renewed (OWASP ASVS 3.3.2).
    public var session: Duration

    public init(
        access: Duration = .seconds(15 * 60), refresh: Duration = .seconds(30 * 24 * 3600),
        session: Duration = .seconds(30 * 24 * 3600)
    ) {
        self.access = access
        self.refresh = refresh
        self.session = session
    }
}
