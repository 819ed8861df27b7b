import Accounts
import Crypto
import Foundation
import GRDB
import Geography

/// A copy of a geo's store at one moment, taken while writes go on. It lies in the data folder, has no name there, and is gone with
/// this object.
public final class StoreSnapshot {
    /// Reads the copy from its beginning.
    public let file: FileHandle
    public let bytes: Int
    /// SHA-256 of the copy, in hexadecimal.
    public let hash: String
    /// The migrations that the store has gone through.
    public let migrations: [String]
    /// What opens the mails in it.
    public let outboxKey: Data

    /// Copies the store by SQLite's own means, and compares the copy with itself. Blocks; takes as long as reading it twice.
    ///
    /// Runs beside the node: the copy is what was committed when it began. The store's write-ahead log cannot be emptied meanwhile.
    ///
    /// - Throws: ``SQLiteStoreError``; `StoreError.corrupt` where the copy contradicts itself, `.unavailable` where the disk is full.
    public init(of path: String, geo: Geo) throws {
        let folder = StoreFolder(path: path)
        guard SQLiteStore.isThere(in: path) else {
            throw SQLiteStoreError.notAStore(path: folder.store, reason: "no file")
        }
        try folder.checkOwner()
        let lock = try SnapshotLock(folder)
        defer { lock.release() }
        Self.sweep(folder)
        defer { Self.sweep(folder) }
        do {
            migrations = try Self.copy(folder, geo: geo)
            guard let key = try OutboxKey.read(folder.outboxKey) else {
                throw SQLiteStoreError.outboxKeyMissing(path: folder.outboxKey, sealed: 0)
            }
            outboxKey = key.key.withUnsafeBytes { Data($0) }
            guard let file = FileHandle(forReadingAtPath: folder.snapshot) else {
                throw SQLiteStoreError.folderUnusable(path: path, reason: StoreFolder.systemReason)
            }
            self.file = file
            // From here on nobody finds it by a name, and nothing is left of it whatever becomes of this process.
            unlink(folder.snapshot)
            var digest = SHA256()
            var length = 0
            while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
                digest.update(data: part)
                length += part.count
            }
            try file.seek(toOffset: 0)
            (bytes, hash) = (length, Hexadecimal.text(digest.finalize()))
        } catch {
            throw StoreError.replacing(error)
        }
    }

    /// Removes what a process that died in the middle of a copy left behind. The caller holds the lock of snapshots.
    static func sweep(_ folder: StoreFolder) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(folder.snapshot + suffix) }
    }

    /// Removes it where nobody makes a copy now.
    static func sweepUnused(_ folder: StoreFolder) {
        guard FileManager.default.fileExists(atPath: folder.snapshot), let lock = try? SnapshotLock(folder) else { return }
        sweep(folder)
        lock.release()
    }

    private static func copy(_ folder: StoreFolder, geo: Geo) throws -> [String] {
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(Double(SQLiteStore.busyTimeoutMilliseconds) / 1000)
        let source = try DatabaseQueue(path: folder.store, configuration: reading)
        defer { try? source.close() }
        let schema = StoreSchema(geo: geo, now: SystemClock().now)
        let migrations = try source.read { database in
            try SQLiteStore.check(database, schema: schema, path: folder.store)
            return try schema.migrator.appliedIdentifiers(database).sorted()
        }
        try folder.makeFile(folder.snapshot)
        let copy = try DatabaseQueue(path: folder.snapshot, configuration: Self.configuration)
        defer { try? copy.close() }
        // In one step: between two, the writes of the node would make it begin again.
        try source.backup(to: copy)
        try copy.read { database in
            try database.checkIntegrity()
            guard let stamp = try GeoStamp.read(database, path: folder.store) else {
                throw SQLiteStoreError.notAStore(path: folder.store, reason: "an empty database")
            }
            try stamp.check(against: geo, path: folder.store)
            guard let key = try OutboxKey.read(folder.outboxKey) else { return }
            let check: Data? = try database.row("SELECT outbox_key_check FROM stamp").flatMap {
                try $0.optional("outbox_key_check")
            }
            guard check == nil || check == key.check else {
                throw SQLiteStoreError.outboxKeyWrong(path: folder.outboxKey, sealed: try database.sealedCount())
            }
        }
        return migrations
    }

    /// Of the copy: no file beside it, for it is thrown away if anything goes wrong.
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(
                sql:
                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY"
            )
        }
        return configuration
    }
}

/// Held while a copy of the store is made, so that there is one at a time and what is left of others can be told.
struct SnapshotLock {
    private let descriptor: Int32

    init(_ folder: StoreFolder) throws(SQLiteStoreError) {
        descriptor = open(folder.snapshotLock, O_RDWR | O_CREAT | O_CLOEXEC, StoreFolder.fileMode)
        guard descriptor >= 0 else { throw .folderUnusable(path: folder.path, reason: StoreFolder.systemReason) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .snapshotInProgress(path: folder.path)
        }
    }

    func release() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
