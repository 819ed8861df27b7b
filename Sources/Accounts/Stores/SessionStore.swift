/// Keeps the sessions of one geo's developers. Tokens are kept as hashes.
public protocol SessionStore: Sendable {
    /// The session whose access token this is; nil where the token is unknown, past its time, of another portal, its session
    /// ended, or its developer may not log in.
    func session(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) async throws -> OpenSession?

    /// A developer's sessions that can still be renewed, newest first.
    func sessions(of developer: DeveloperID, in portal: PortalID, at now: Timestamp) async throws -> [SessionSummary]

    /// Uses a refresh token once, atomically: the session's old tokens end, the new ones begin.
    ///
    /// A token that was used before ends the whole session, because one of its two users is a thief; the audit log tells of it.
    ///
    /// - Parameter earliest: a session that was opened before this moment is too old to be renewed.
    func refresh(
        with hash: TokenHash, in portal: PortalID, to tokens: SessionTokenHashes, openedSince earliest: Timestamp,
        at now: Timestamp
    ) async throws -> RefreshOutcome

    /// Ends every session of the developer who holds this access or refresh token, and the audit log tells of it; nothing where the
    /// token is unknown.
    func endSessions(ofHolder hash: TokenHash, in portal: PortalID) async throws
}

public enum RefreshOutcome: Hashable, Sendable {
    case renewed
    /// Unknown, past its time, of another portal, of a session that ended or is too old, or of a developer who may not log in.
    case refused
    /// Used for the second time; the session has ended.
    case reused
}
