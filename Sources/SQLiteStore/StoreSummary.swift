import Accounts
import Foundation
import GRDB
import Geography

/// What can be said of a geo's store without changing it, beside a running node or without one.
public struct StoreSummary: Sendable {
    public let text: String
    public let newestEntry: Timestamp
    public let storeBytes: Int
    public let freeBytes: Int
    public let diskBytes: Int

    /// - Throws: ``SQLiteStoreError`` where a node would refuse it; `StoreError` where it cannot be read.
    public init(of path: String, geo: Geo) throws {
        let folder = StoreFolder(path: path)
        let schema = StoreSchema(geo: geo, now: SystemClock().now)
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(Double(SQLiteStore.busyTimeoutMilliseconds) / 1000)
        do {
            try SQLiteStore.checkLog(of: folder)
            let database = try DatabaseQueue(path: folder.store, configuration: reading)
            defer { try? database.close() }
            let (applied, newest, sealed) = try database.read { database in
                try SQLiteStore.check(database, schema: schema, path: folder.store)
                try Self.checkPages(database, path: folder.store)
                let newest = try database.row("SELECT ifnull(max(at), 0) AS at FROM audit").map { try $0.time("at") }
                return (
                    try schema.migrator.appliedIdentifiers(database).count, newest ?? Timestamp(milliseconds: 0),
                    try database.sealedCount()
                )
            }
            let key = try OutboxKey.read(folder.outboxKey)
            guard key != nil || sealed == 0 else {
                throw SQLiteStoreError.outboxKeyMissing(path: folder.outboxKey, sealed: sealed)
            }
            let missing = schema.migrator.migrations.count - applied
            text =
                "the store of geo \(geo.id)"
                + (missing == 0 ? ", in this version's form" : "; \(missing) step(s) bring it to this version at the next start")
            newestEntry = newest
        } catch {
            let error = StoreError.replacing(error)
            guard case StoreError.corrupt(let reason) = error else { throw error }
            throw SQLiteStoreError.damaged(path: folder.store, reason: reason)
        }
        storeBytes = (try? FileManager.default.attributesOfItem(atPath: folder.store)[.size] as? Int) ?? 0
        var disk = statvfs()
        _ = statvfs(path, &disk)
        freeBytes = Int(disk.f_bavail) * Int(disk.f_frsize)
        diskBytes = Int(disk.f_blocks) * Int(disk.f_frsize)
    }

    /// Reads every page: a damaged one is found before somebody needs it.
    private static func checkPages(_ database: Database, path: String) throws {
        let found = try String.fetchAll(database, sql: "PRAGMA quick_check(3)")
        guard found != ["ok"] else { return }
        throw SQLiteStoreError.damaged(path: path, reason: found.joined(separator: "; ").replacing("\n", with: " "))
    }
}

extension SQLiteStore {
    /// When the last backup of the store in a folder was made.
    public static func lastBackup(of path: String) -> Date? { StoreFolder(path: path).backedUpAt }
}
