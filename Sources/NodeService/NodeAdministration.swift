import Accounts
import ConfigurationFiles
import Foundation
import Geography
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
        try await withStore(configurationFile: path) { store, geo in
            let clock = SystemClock()
            let admins = AdminAccess(store: store, mint: Mint(geo: geo, clock: clock), clock: clock)
            return try await admins.createToken(for: email, named: name, role: role).value
        }
    }

    /// Makes the link with which an admin chooses a password for the console, and the admin where the address is new.
    ///
    /// - Parameter role: of an admin who is made now.
    /// - Returns: the link, which works once; it is in no mail and in no log.
    /// - Throws: `ConfigurationError`, `SQLiteStoreError`, `AccountError.invalidFields`.
    public static func createConsoleLink(configurationFile path: String, email: String, role: AdminRole = .owner) async throws
        -> String
    {
        let configuration = try NodeConfiguration(path: path, environment: ProcessInfo.processInfo.environment)
        return try await withStore(configurationFile: path) { store, geo in
            let flows = AccountFlows(
                geo: geo, topology: configuration.topology, store: store,
                hasher: ScryptPasswordHasher(cost: configuration.passwords.cost, limits: configuration.passwords.limits),
                clock: SystemClock(), secret: store.derivedKey(for: "accounts"), policy: configuration.policy)
            let address = try? EmailAddress(email)
            if try await !flows.admins.admins().contains(where: { $0.email == address }) {
                _ = try await flows.admins.create(email: email, role: role, by: .operator)
            }
            return try await flows.console.link(for: email)
        }
    }

    /// Opens the geo's store for one short piece of work.
    ///
    /// - Parameter mustExist: refuses a folder without a store instead of making one.
    static func withStore<Outcome: Sendable>(
        configurationFile path: String, mustExist: Bool = false, _ work: (SQLiteStore, Geo) async throws -> Outcome
    ) async throws -> Outcome {
        let configuration = try NodeConfiguration(path: path, environment: ProcessInfo.processInfo.environment)
        guard !mustExist || SQLiteStore.isThere(in: configuration.dataFolder) else {
            throw NodeError.noStore(folder: configuration.dataFolder)
        }
        let logger = Logger(label: "portolanctl") { _ in SwiftLogNoOpLogHandler() }
        let store = try SQLiteStore.open(
            at: configuration.dataFolder, geo: configuration.geo, use: .administration, logger: logger)
        do {
            let outcome = try await work(store, configuration.geo)
            try await store.close()
            return outcome
        } catch {
            try? await store.close()
            throw error
        }
    }
}
