import Accounts
import GRDB

extension Database {
    /// - Returns: the admin as stored: the given one, or the one who has had this address before.
    func addToken(_ token: AdminToken, of admin: Admin) throws -> Admin {
        try run(
            "INSERT INTO admin (id, email, email_key, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (email_key) DO NOTHING",
            [admin.id.stored, admin.email.value, admin.email.key, admin.createdAt.milliseconds])
        guard let row = try row("SELECT * FROM admin WHERE email_key = ?", [admin.email.key]) else {
            throw StoreError.corrupt("an admin that is gone right after it was stored")
        }
        let stored = try Admin(row: row)
        try run(
            "INSERT INTO admin_token (hash, admin, name, created_at) VALUES (?, ?, ?, ?)",
            [token.hash.stored, stored.id.stored, token.name, token.createdAt.milliseconds])
        return stored
    }

    func admin(withToken hash: TokenHash) throws -> Admin? {
        try row("SELECT admin.* FROM admin_token JOIN admin ON admin.id = admin_token.admin WHERE hash = ?", [hash.stored])
            .map(Admin.init(row:))
    }

    func adminAddresses() throws -> [EmailAddress] {
        try rows("SELECT * FROM admin ORDER BY id").map { try Admin(row: $0).email }
    }
}

extension Admin {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"), email: EmailAddress(stored: try row.value("email"), key: try row.value("email_key")),
            createdAt: try row.time("created_at"))
    }
}
