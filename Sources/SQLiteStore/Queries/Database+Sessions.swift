import Accounts
import GRDB

extension Database {
    enum SessionTokenKind: String { case access, refresh }

    func open(_ session: NewSession, of developer: DeveloperID) throws {
        try run(
            "INSERT INTO session (id, developer, created_at) VALUES (?, ?, ?)",
            [session.id.stored, developer.stored, session.createdAt.milliseconds])
        try add(session.tokens, to: session.id)
    }

    /// The row of the developer who holds an access token in time.
    func developerRow(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) throws -> Row? {
        try row(
            """
            SELECT developer.* FROM session_token
            JOIN session ON session.id = session_token.session
            JOIN developer ON developer.id = session.developer
            WHERE hash = ? AND kind = 'access' AND expires_at > ? AND portal = ?
            """, [hash.stored, now.milliseconds, portal.stored])
    }

    /// Uses a refresh token once; a second use ends the session.
    func refresh(
        with hash: TokenHash, in portal: PortalID, to tokens: SessionTokenHashes, at now: Timestamp
    ) throws -> RefreshOutcome {
        let found = try row(
            """
            SELECT developer.*, session, used_at FROM session_token
            JOIN session ON session.id = session_token.session
            JOIN developer ON developer.id = session.developer
            WHERE hash = ? AND kind = 'refresh' AND expires_at > ? AND portal = ?
            """, [hash.stored, now.milliseconds, portal.stored])
        guard let found, try Developer(row: found).mayLogIn else { return .refused }
        let session: SessionID = try found.id("session")
        guard try found.optionalTime("used_at") == nil else {
            try run("DELETE FROM session WHERE id = ?", [session.stored])
            return .reused
        }
        try run("DELETE FROM session_token WHERE session = ? AND kind = 'access'", [session.stored])
        try run(
            "DELETE FROM session_token WHERE session = ? AND kind = 'refresh' AND expires_at <= ?",
            [session.stored, now.milliseconds])
        try run("UPDATE session_token SET used_at = ? WHERE hash = ?", [now.milliseconds, hash.stored])
        try add(tokens, to: session)
        return .renewed
    }

    func endSessions(ofHolder hash: TokenHash, in portal: PortalID) throws {
        try run(
            """
            DELETE FROM session WHERE developer = (
                SELECT developer.id FROM session_token
                JOIN session ON session.id = session_token.session
                JOIN developer ON developer.id = session.developer
                WHERE hash = ? AND portal = ?)
            """, [hash.stored, portal.stored])
    }

    func endSessions(of developer: DeveloperID) throws {
        try run("DELETE FROM session WHERE developer = ?", [developer.stored])
    }

    private func add(_ tokens: SessionTokenHashes, to session: SessionID) throws {
        for (hash, kind, expiresAt) in [
            (tokens.access, SessionTokenKind.access, tokens.accessExpiresAt),
            (tokens.refresh, SessionTokenKind.refresh, tokens.refreshExpiresAt),
        ] {
            try run(
                "INSERT INTO session_token (hash, session, kind, expires_at) VALUES (?, ?, ?, ?)",
                [hash.stored, session.stored, kind.rawValue, expiresAt.milliseconds])
        }
    }
}
