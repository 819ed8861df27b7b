import Accounts
import ConfigurationFiles
import Foundation
import Logging
import SQLiteStore

/// What an operator does on a geo's own machine, beside the node or before its first start.
public enum NodeAdministration {
    /// Makes an admin token of the geo, and the admin where the address is new.
    ///
    /// - Parameters:
    ///   - path: of the geo's `node.yaml`.
    ///   - email: the admin's address; mails about waiting developers go there.
    ///   - name: what the token is for.
    ///   - role: of an admin who is made now.
    /// - Returns: the token, which is stored only as a hash.
    /// - Throws: `ConfigurationError`, `SQLiteStoreError`, `AccountError.invalidFields`.
    public static func createAdminToken(configurationFile path: String, email: String, name: String, role: AdminRole = .owner)
        async throws -> String
    {
        let configuration = try NodeConfiguration(path: path, environment: ProcessInfo.processInfo.environment)
        let logger = Logger(label: "portolanctl") { _ in SwiftLogNoOpLogHandler() }
        let store = try SQLiteStore.open(
            at: configuration.dataFolder, geo: configuration.geo, use: .administration, logger: logger)
        let clock = SystemClock()
        let admins = AdminAccess(store: store, mint: Mint(geo: configuration.geo, clock: clock), clock: clock)
        do {
            let token = try await admins.createToken(for: email, named: name, role: role)
            try await store.close()
            return token.value
        } catch {
            try? await store.close()
            throw error
        }
    }
}
