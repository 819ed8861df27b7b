import Accounts
import GRDB

extension Database {
    enum SessionTokenKind: String { case access, refresh }

    func open(_ session: NewSession, of developer: DeveloperID) throws {
        try run(
            "INSERT INTO session (id, developer, agent, created_at, renewed_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                session.id.stored, developer.stored, session.agent, session.createdAt.milliseconds,
                session.createdAt.milliseconds, session.tokens.refreshExpiresAt.milliseconds,
            ])
        try add(session.tokens, to: session.id)
        if let origin = session.origin { try keep(origin, of: session.id) }
    }

    /// The row of the developer who holds an access token in time, and the session's id as `session`.
    func developerRow(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) throws -> Row? {
        try row(
            """
            SELECT developer.*, session FROM session_token
            JOIN session ON session.id = session_token.session
            JOIN developer ON developer.id = session.developer
            WHERE hash = ? AND kind = 'access' AND session_token.expires_at > ? AND portal = ?
            """, [hash.stored, now.milliseconds, portal.stored])
    }

    /// Uses a refresh token once; a second use ends the session.
    func refresh(
        with hash: TokenHash, in portal: PortalID, to tokens: SessionTokenHashes, openedSince earliest: Timestamp,
        at now: Timestamp
    ) throws -> RefreshOutcome {
        let found = try row(
            """
            SELECT developer.*, session, used_at, session.created_at AS opened_at FROM session_token
            JOIN session ON session.id = session_token.session
            JOIN developer ON developer.id = session.developer
            WHERE hash = ? AND kind = 'refresh' AND session_token.expires_at > ? AND portal = ?
            """, [hash.stored, now.milliseconds, portal.stored])
        guard let found, try Developer(row: found).mayLogIn else { return .refused }
        let session: SessionID = try found.id("session")
        guard try found.optionalTime("used_at") == nil else {
            try run("DELETE FROM session WHERE id = ?", [session.stored])
            let developer = try Developer(row: found)
            try append(
                [AuditEvent(.refreshTokenReused, by: .anonymous, on: developer, subject: session.description)], at: now)
            return .reused
        }
        guard try found.time("opened_at") >= earliest else { return .refused }
        try run("DELETE FROM session_token WHERE session = ? AND kind = 'access'", [session.stored])
        try run(
            "DELETE FROM session_token WHERE session = ? AND kind = 'refresh' AND expires_at <= ?",
            [session.stored, now.milliseconds])
        try run("UPDATE session_token SET used_at = ? WHERE hash = ?", [now.milliseconds, hash.stored])
        try add(tokens, to: session)
        try run(
            "UPDATE session SET renewed_at = ?, expires_at = ? WHERE id = ?",
            [now.milliseconds, tokens.refreshExpiresAt.milliseconds, session.stored])
        return .renewed
    }

    func endSessions(ofHolder hash: TokenHash, in portal: PortalID, at now: Timestamp) throws {
        let holder = try row(
            """
            SELECT developer.* FROM session_token
            JOIN session ON session.id = session_token.session
            JOIN developer ON developer.id = session.developer
            WHERE hash = ? AND portal = ?
            """, [hash.stored, portal.stored])
        guard let developer = try holder.map(Developer.init(row:)) else { return }
        try end(.all, of: developer.id)
        try append([AuditEvent(.loggedOut, ofOwn: developer)], at: now)
    }

    func end(_ sessions: SessionEnding, of developer: DeveloperID) throws {
        switch sessions {
        case .none: break
        case .all: try run("DELETE FROM session WHERE developer = ?", [developer.stored])
        case .allBut(let kept): try run("DELETE FROM session WHERE developer = ? AND id <> ?", [developer.stored, kept.stored])
        case .one(let id): try run("DELETE FROM session WHERE developer = ? AND id = ?", [developer.stored, id.stored])
        }
    }

    /// Those that can still be renewed, newest first.
    func sessions(of developer: DeveloperID, in portal: PortalID, at now: Timestamp) throws -> [SessionSummary] {
        try rows(
            """
            SELECT session.* FROM session JOIN developer ON developer.id = session.developer
            WHERE session.developer = ? AND portal = ? AND expires_at > ? ORDER BY session.id DESC
            """, [developer.stored, portal.stored, now.milliseconds]
        ).map { row in
            SessionSummary(
                id: try row.id("id"), agent: try row.optional("agent"), createdAt: try row.time("created_at"),
                renewedAt: try row.time("renewed_at"), expiresAt: try row.time("expires_at"))
        }
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
