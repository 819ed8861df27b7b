import Accounts
import GRDB

extension SQLiteStore: SessionStore {
    public func developer(withAccessToken hash: TokenHash, in portal: PortalID, at now: Timestamp) async throws -> Developer? {
        let developer = try await read { database in
            try database.developerRow(withAccessToken: hash, in: portal, at: now).map(Developer.init(row:))
        }
        guard let developer, developer.mayLogIn else { return nil }
        return developer
    }

    public func refresh(
        with hash: TokenHash, in portal: PortalID, to tokens: SessionTokenHashes, at now: Timestamp
    ) async throws -> RefreshOutcome {
        try await commits.perform { database, _ in
            try database.refresh(with: hash, in: portal, to: tokens, at: now)
        }
    }

    public func endSessions(ofHolder hash: TokenHash, in portal: PortalID) async throws {
        try await commits.perform { database, _ in try database.endSessions(ofHolder: hash, in: portal) }
    }
}
