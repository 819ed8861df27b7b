import Accounts
import GRDB

extension Database {
    func admins() throws -> [Admin] { try rows("SELECT * FROM admin ORDER BY id").map(Admin.init(row:)) }

    func save(_ admin: Admin) throws {
        try run(
            """
            INSERT INTO admin (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET role = excluded.role, updated_at = excluded.updated_at
            """,
            [
                admin.id.stored, admin.email.value, admin.email.key, admin.role.rawValue, admin.createdAt.milliseconds,
                admin.updatedAt.milliseconds,
            ])
    }

    func delete(_ admin: AdminID) throws { try run("DELETE FROM admin WHERE id = ?", [admin.stored]) }

    func insert(_ token: AdminToken, of admin: AdminID) throws {
        try run(
            "INSERT INTO admin_token (id, hash, admin, name, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                token.id.stored, token.hash.stored, admin.stored, token.name, token.createdAt.milliseconds,
                token.expiresAt?.milliseconds,
            ])
    }

    func revoke(_ token: AdminTokenID, of admin: AdminID) throws {
        try run("DELETE FROM admin_token WHERE id = ? AND admin = ?", [token.stored, admin.stored])
    }

    func tokens(of admin: AdminID) throws -> [AdminToken] {
        try rows("SELECT * FROM admin_token WHERE admin = ? ORDER BY id", [admin.stored]).map(AdminToken.init(row:))
    }

    func admin(withToken hash: TokenHash) throws -> (admin: Admin, token: AdminToken)? {
        guard let token = try row("SELECT * FROM admin_token WHERE hash = ?", [hash.stored]) else { return nil }
        let id: AdminID = try token.id("admin")
        guard let admin = try row("SELECT * FROM admin WHERE id = ?", [id.stored]) else { return nil }
        return (try Admin(row: admin), try AdminToken(row: token))
    }

    func note(useOf token: AdminTokenID, at moment: Timestamp) throws {
        try run("UPDATE admin_token SET last_used_at = ? WHERE id = ?", [moment.milliseconds, token.stored])
    }

    /// Of those who decide about developers.
    func adminAddresses() throws -> [EmailAddress] {
        try admins().filter { $0.role.may(.decideAboutDevelopers) }.map(\.email)
    }
}

extension Admin {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"), email: EmailAddress(stored: try row.value("email"), key: try row.value("email_key")),
            role: try row.choice("role"), createdAt: try row.time("created_at"), updatedAt: try row.time("updated_at"))
    }
}

extension AdminToken {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"), hash: try row.hash("hash"), name: try row.value("name"),
            createdAt: try row.time("created_at"), expiresAt: try row.optionalTime("expires_at"),
            lastUsedAt: try row.optionalTime("last_used_at"))
    }
}
