import Accounts
import Foundation
import GRDB
import Geography
import Logging

extension SQLiteStore {
    /// Whether a store was made in the folder, or its file at least.
    public static func isThere(in folder: String) -> Bool {
        FileManager.default.fileExists(atPath: StoreFolder(path: folder).store)
    }

    /// Opens the store of a geo, or makes it; makes the folder and the outbox key too. Blocks, so call it before serving.
    ///
    /// - Parameters:
    ///   - folder: the geo's data folder. One process at a time may serve from it.
    ///   - geo: whose store it must be, or becomes.
    ///   - use: `.serving` for a node; `.administration` for a command that may run beside it.
    /// - Throws: ``SQLiteStoreError``, with the file as it was; ``StoreError`` where the disk is full.
    public static func open(
        at folder: String, geo: Geo, use: Use = .serving, clock: any WallClock = SystemClock(), limits: Limits = Limits(),
        logger: Logger
    ) throws -> SQLiteStore {
        let folder = StoreFolder(path: folder)
        try folder.make()
        let lock = use == .serving ? try FolderLock(folder) : nil
        try takeUpUnfinished(in: folder, isServing: lock != nil)
        try folder.makeStoreFile()
        do {
            let schema = StoreSchema(geo: geo, now: clock.now)
            // Before SQLite looks: it would drop what it cannot read.
            if lock != nil { try checkLog(of: folder) }
            try inspect(folder.store, schema: schema)
            let pool = try openPool(folder.store, limits: limits)
            try pool.writeWithoutTransaction { database in try check(database, schema: schema, path: folder.store) }
            try schema.migrator.migrate(pool)
            // A process that died may have left deleted text in the log. Somebody who uses the file now keeps it from being emptied.
            if lock != nil { try? pool.emptyWriteAheadLog() }
            let key = try pool.write { database in try outboxKey(in: folder, database) }
            let sealing = MailSealing(key: key, geo: geo.id)
            if lock != nil { try pool.write { database in try database.nameMails(openedBy: sealing) } }
            return SQLiteStore(
                pool: pool, limits: limits, sealing: sealing, clock: clock, logger: logger, lock: lock)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw SQLiteStoreError.notAStore(path: folder.store, reason: "a file that is no SQLite database")
        } catch {
            let error = StoreError.replacing(error)
            guard case StoreError.corrupt(let reason) = error else { throw error }
            throw SQLiteStoreError.damaged(path: folder.store, reason: reason)
        }
    }

    /// What commands beside the node left, if they died: a copy that nobody makes any more, a restored store that is not in its place.
    private static func takeUpUnfinished(in folder: StoreFolder, isServing: Bool) throws {
        guard isServing else {
            guard !FileManager.default.fileExists(atPath: folder.ready) else {
                throw SQLiteStoreError.restoreUnfinished(path: folder.path)
            }
            return
        }
        StoreSnapshot.sweepUnused(folder)
        try StoreRestoration.finish(folder)
    }

    static func checkLog(of folder: StoreFolder) throws(SQLiteStoreError) {
        guard let damage = WriteAheadLogCheck(path: folder.writeAheadLog).damage() else { return }
        throw .damaged(path: folder.store, reason: damage)
    }

    /// Looks at what is there before anything is written, because opening for writing changes even a file that is refused.
    private static func inspect(_ path: String, schema: StoreSchema) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1000)
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.read { database in try check(database, schema: schema, path: path) }
        try database.close()
    }

    /// How long the write-ahead log gets before it is copied into the store: 16 MiB. SQLite's own 4 MiB would hold up each hundredth
    /// write of a large store, whose pages are all over the file.
    private static let pagesOfLog = 4096

    private static func openPool(_ path: String, limits: Limits) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "SQLiteStore"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1000)
        configuration.maximumReaderCount = limits.readers
        configuration.prepareDatabase { database in
            // Deleted text is overwritten with zeros. What SQLite sorts or keeps for a statement stays in memory: a file of it
            // would lie outside of the data folder.
            try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL when it switches the write-ahead log on, so this comes after.
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(pagesOfLog)")
        }
        return pool
    }

    static func check(_ database: Database, schema: StoreSchema, path: String) throws {
        let stamp = try GeoStamp.read(database, path: path)
        try stamp?.check(against: schema.geo, path: path)
        let known = Set(schema.migrator.migrations)
        let unknown = try schema.migrator.appliedIdentifiers(database).subtracting(known)
        guard unknown.isEmpty else { throw SQLiteStoreError.newerSchema(path: path, unknown: unknown.sorted()) }
    }

    /// The key of the mails in this store: the one in its file, or a new one where nothing depends on it.
    private static func outboxKey(in folder: StoreFolder, _ database: Database) throws -> OutboxKey {
        let sealed = try database.sealedCount()
        guard let key = try OutboxKey.read(folder.outboxKey) else {
            guard sealed == 0 else { throw SQLiteStoreError.outboxKeyMissing(path: folder.outboxKey, sealed: sealed) }
            let key = try OutboxKey.make(in: folder)
            try database.run("UPDATE stamp SET outbox_key_check = ?", [key.check])
            return key
        }
        let check: Data? = try database.row("SELECT outbox_key_check FROM stamp").flatMap { try $0.optional("outbox_key_check") }
        guard check != key.check else { return key }
        guard sealed == 0 else { throw SQLiteStoreError.outboxKeyWrong(path: folder.outboxKey, sealed: sealed) }
        try database.run("UPDATE stamp SET outbox_key_check = ?", [key.check])
        return key
    }
}
