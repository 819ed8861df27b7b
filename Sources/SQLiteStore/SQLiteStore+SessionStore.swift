import Accounts
import GRDB

extension SQLiteStore: SessionStore {
    public func session(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) async throws -> OpenSession? {
        let session = try await read { database in
            try database.developerRow(withAccessToken: hash, in: portal, at: now).map { row in
                OpenSession(id: try row.id("session"), developer: try Developer(row: row))
            }
        }
        guard let session, session.developer.mayLogIn else { return nil }
        return session
    }

    public func sessions(of developer: DeveloperID, in portal: PortalID, at now: Timestamp) async throws -> [SessionSummary] {
        try await read { try $0.sessions(of: developer, in: portal, at: now) }
    }

    public func refresh(
        with hash: TokenHash, in portal: PortalID, to tokens: SessionTokenHashes, openedSince earliest: Timestamp,
        at now: Timestamp
    ) async throws -> RefreshOutcome {
        try await commits.perform { database, _ in
            try database.refresh(with: hash, in: portal, to: tokens, openedSince: earliest, at: now)
        }
    }

    public func endSessions(ofHolder hash: TokenHash, in portal: PortalID) async throws {
        let now = clock.now
        try await commits.perform { database, _ in try database.endSessions(ofHolder: hash, in: portal, at: now) }
    }
}
