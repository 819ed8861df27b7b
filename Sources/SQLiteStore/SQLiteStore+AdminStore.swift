import Accounts
import GRDB

extension SQLiteStore: AdminStore {
    public func addToken(_ token: AdminToken, of admin: Admin) async throws -> Admin {
        try await commits.perform { database, _ in try database.addToken(token, of: admin) }
    }

    public func admin(withToken hash: TokenHash) async throws -> Admin? { try await read { try $0.admin(withToken: hash) } }
}
