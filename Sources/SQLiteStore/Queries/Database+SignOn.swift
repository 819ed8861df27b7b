import Accounts
import Foundation
import GRDB

extension Database {
    // MARK: Providers

    func identityProviders(of portal: PortalID) throws -> [IdentityProvider] {
        try rows("SELECT * FROM identity_provider WHERE portal = ? ORDER BY id", [portal.stored]).map(IdentityProvider.init(row:))
    }

    func identityProvider(_ id: IdentityProviderID, of portal: PortalID) throws -> IdentityProvider? {
        try row("SELECT * FROM identity_provider WHERE id = ? AND portal = ?", [id.stored, portal.stored])
            .map(IdentityProvider.init(row:))
    }

    func save(_ provider: IdentityProvider) throws {
        try run(
            """
            INSERT INTO identity_provider (
                id, portal, issuer, client_id, secret, authentication, scopes, name_claim, email_claim, groups_claim,
                links_verified_addresses, created_at, updated_at)
            VALUES (
                :id, :portal, :issuer, :client_id, :secret, :authentication, :scopes, :name_claim, :email_claim, :groups_claim,
                :links_verified_addresses, :created_at, :updated_at)
            ON CONFLICT (id) DO UPDATE SET
                issuer = :issuer, client_id = :client_id, secret = :secret, authentication = :authentication, scopes = :scopes,
                name_claim = :name_claim, email_claim = :email_claim, groups_claim = :groups_claim,
                links_verified_addresses = :links_verified_addresses, updated_at = :updated_at
            """, StatementArguments(provider.values))
    }

    func delete(_ provider: IdentityProviderID, of portal: PortalID) throws {
        try run("DELETE FROM identity_provider WHERE id = ? AND portal = ?", [provider.stored, portal.stored])
    }

    // MARK: Identities

    func developerRow(withIdentity identity: TokenHash, in portal: PortalID) throws -> Row? {
        try row(
            """
            SELECT developer.* FROM identity JOIN developer ON developer.id = identity.developer
            WHERE identity.portal = ? AND identity.hash = ?
            """, [portal.stored, identity.stored])
    }

    func identities(of developer: DeveloperID) throws -> [IdentityLink] {
        try rows("SELECT * FROM identity WHERE developer = ? ORDER BY created_at, hash", [developer.stored]).map { row in
            let subject: Data? = try row.optional("subject")
            let firstUsedAt = try row.time("created_at")
            return IdentityLink(
                identity: try row.hash("hash"), issuer: try row.value("issuer"), groups: try row.lines("groups"),
                subject: subject.map { SealedText(Array($0)) }, firstUsedAt: firstUsedAt,
                lastUsedAt: try row.optionalTime("last_used_at") ?? firstUsedAt)
        }
    }

    func link(_ link: IdentityLink, to developer: DeveloperID, in portal: PortalID) throws {
        try run(
            """
            INSERT INTO identity (portal, hash, issuer, developer, groups, subject, created_at, last_used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (portal, hash) DO UPDATE SET subject = excluded.subject, last_used_at = excluded.last_used_at
            WHERE developer = excluded.developer
            """,
            [
                portal.stored, link.identity.stored, link.issuer, developer.stored, link.groups.joined(separator: "\n"),
                link.subject?.stored, link.firstUsedAt.milliseconds, link.lastUsedAt.milliseconds,
            ])
        guard changesCount == 1 else { throw AccountError.conflict("This identity is another developer's.") }
    }

    // MARK: Attempts

    func spendAttempt(_ state: TokenHash, at portal: PortalID, until end: Timestamp) throws -> Bool {
        try run(
            "INSERT OR IGNORE INTO spent_attempt (portal, state, expires_at) VALUES (?, ?, ?)",
            [portal.stored, state.stored, end.milliseconds])
        return changesCount == 1
    }

    // MARK: Sessions

    func keep(_ origin: SessionOrigin, of session: SessionID) throws {
        try run(
            "INSERT INTO session_origin (session, provider, identity, provider_session, id_token) VALUES (?, ?, ?, ?, ?)",
            [
                session.stored, origin.provider.stored, origin.identity.stored, origin.providerSession?.stored,
                origin.idToken.stored,
            ])
    }

    func origin(ofSessionWith token: TokenHash, in portal: PortalID) throws -> SessionOrigin? {
        try row(
            """
            SELECT session_origin.* FROM session_token
            JOIN session_origin ON session_origin.session = session_token.session
            JOIN session ON session.id = session_token.session
            JOIN developer ON developer.id = session.developer
            WHERE session_token.hash = ? AND developer.portal = ?
            """, [token.stored, portal.stored]
        ).map { row in
            let session: Data? = try row.optional("provider_session")
            return SessionOrigin(
                provider: try row.id("provider"), identity: try row.hash("identity"),
                providerSession: session.map { TokenHash(stored: Array($0)) }, idToken: try row.sealed("id_token"))
        }
    }

    func endSessions(toldBy notice: LogOutNotice, in portal: PortalID, at now: Timestamp) throws -> Bool {
        try run(
            "INSERT OR IGNORE INTO log_out_notice (portal, id, expires_at) VALUES (?, ?, ?)",
            [portal.stored, notice.id.stored, notice.expiresAt.milliseconds])
        guard changesCount == 1 else { return false }
        let ended = try rows(
            """
            SELECT session.id AS ended, developer.* FROM session_origin
            JOIN session ON session.id = session_origin.session
            JOIN developer ON developer.id = session.developer
            WHERE developer.portal = :portal AND (:identity IS NULL OR session_origin.identity = :identity)
                AND (:session IS NULL OR session_origin.provider_session = :session)
                AND (:identity IS NOT NULL OR :session IS NOT NULL)
            ORDER BY session.id
            """,
            ["portal": portal.stored, "identity": notice.identity?.stored, "session": notice.providerSession?.stored])
        for row in ended {
            let (session, developer): (SessionID, Developer) = (try row.id("ended"), try Developer(row: row))
            try end(.one(session), of: developer.id)
            try append([AuditEvent(.loggedOutByProvider, by: .anonymous, on: developer, subject: session.description)], at: now)
        }
        return true
    }
}

extension Row {
    func sealed(_ column: String) throws -> SealedText {
        let bytes: Data = try value(column)
        return SealedText(Array(bytes))
    }

    /// Texts that stand one on each line.
    func lines(_ column: String) throws -> [String] {
        let text: String = try value(column)
        return text.split(separator: "\n").map(String.init)
    }
}

extension SealedText {
    var stored: Data { Data(bytes) }
}
