import Accounts
import GRDB

extension Database {
    /// A one-time token of a portal and its developer's row.
    func oneTimeToken(_ hash: TokenHash, in portal: PortalID) throws -> (token: OneTimeToken, developer: Row)? {
        let found = try row(
            """
            SELECT developer.*, hash, purpose, expires_at, spent_at
            FROM one_time_token JOIN developer ON developer.id = one_time_token.developer
            WHERE hash = ? AND portal = ?
            """, [hash.stored, portal.stored])
        guard let found else { return nil }
        let token = OneTimeToken(
            hash: try found.hash("hash"), purpose: try found.choice("purpose"), expiresAt: try found.time("expires_at"),
            state: try found.optionalTime("spent_at") == nil ? .unused : .spent)
        return (token, found)
    }

    func insert(_ token: OneTimeToken, of developer: DeveloperID, at now: Timestamp) throws {
        let spentAt = token.state == .spent ? now.milliseconds : nil
        try run(
            """
            INSERT INTO one_time_token (hash, developer, purpose, issued_at, expires_at, spent_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                token.hash.stored, developer.stored, token.purpose.rawValue, now.milliseconds, token.expiresAt.milliseconds,
                spentAt,
            ])
    }

    /// Before or after: what was issued long after was issued while the clock was ahead, and must not count until it gets there.
    func tokenCount(of developer: DeveloperID, issuedWithin time: Duration, of now: Timestamp) throws -> Int {
        try count(
            "SELECT count(*) FROM one_time_token WHERE developer = ? AND issued_at > ? AND issued_at < ?",
            [developer.stored, now.adding(.zero - time).milliseconds, now.adding(time).milliseconds])
    }

    /// Spent tokens stay known, so that whoever shows one learns that it was used.
    func spendTokens(of developer: DeveloperID, for purpose: OneTimeToken.Purpose, at now: Timestamp) throws {
        try run(
            "UPDATE one_time_token SET spent_at = ? WHERE developer = ? AND purpose = ? AND spent_at IS NULL",
            [now.milliseconds, developer.stored, purpose.rawValue])
    }
}
