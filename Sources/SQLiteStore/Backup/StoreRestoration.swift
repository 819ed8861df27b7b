import Accounts
import Crypto
import Foundation
import Geography
import Logging

/// Puts a store from a backup into a geo's data folder: as a whole, or not at all.
///
/// ```
/// restore.new/     what is being put in: filled, opened as a node would, compared with itself
///    │ renamed, which is the moment of the change
///    ▼
/// restore.ready/   what counts from now on; whoever opens the folder next moves it into its place
/// ```
public struct StoreRestoration {
    private let folder: StoreFolder
    private let geo: Geo

    /// - Parameter path: the geo's data folder; made where it is missing.
    public init(into path: String, geo: Geo) {
        folder = StoreFolder(path: path)
        self.geo = geo
    }

    /// - Parameters:
    ///   - isReplacing: takes a folder that is in use by no node but not empty; its store and key are replaced, other files stay.
    ///   - fill: writes the store, and returns the outbox key.
    /// - Throws: ``SQLiteStoreError``, and what `fill` throws; the folder's store is as it was before.
    public func run(isReplacing: Bool, fill: (_ store: FileHandle) throws -> Data) async throws {
        try folder.make()
        try folder.checkOwner()
        let lock = try FolderLock(folder)
        defer { lock.release() }
        try Self.finish(folder)
        try checkEmptiness(isReplacing: isReplacing)
        let staged = StoreFolder(path: folder.staged)
        try? FileManager.default.removeItem(atPath: staged.path)
        do {
            try staged.make()
            try Self.fill(staged, by: fill)
            try await check(staged)
            try StoreFolder.synchronize(folder: staged.path)
        } catch {
            try? FileManager.default.removeItem(atPath: staged.path)
            throw StoreError.replacing(error)
        }
        guard rename(staged.path, folder.ready) == 0 else {
            throw SQLiteStoreError.folderUnusable(path: folder.path, reason: StoreFolder.systemReason)
        }
        try StoreFolder.synchronize(folder: folder.path)
        try Self.finish(folder)
    }

    /// Moves a restored store into its place, from wherever a process before may have died over it. The caller holds the folder's lock.
    static func finish(_ folder: StoreFolder) throws(SQLiteStoreError) {
        let ready = StoreFolder(path: folder.ready)
        guard FileManager.default.fileExists(atPath: ready.path) else { return }
        if FileManager.default.fileExists(atPath: ready.store) {
            // The old store's log would be taken for the new one's; it is gone from the disk before the new store is there.
            for suffix in ["-wal", "-shm"] where unlink(folder.store + suffix) != 0 && errno != ENOENT {
                throw .folderUnusable(path: folder.path, reason: StoreFolder.systemReason)
            }
            try StoreFolder.synchronize(folder: folder.path)
            try move(ready.store, to: folder.store, in: folder)
        }
        if FileManager.default.fileExists(atPath: ready.outboxKey) { try move(ready.outboxKey, to: folder.outboxKey, in: folder) }
        do { try FileManager.default.removeItem(atPath: ready.path) } catch {
            throw .folderUnusable(path: ready.path, reason: error.localizedDescription)
        }
        try StoreFolder.synchronize(folder: folder.path)
    }

    private static func move(_ from: String, to: String, in folder: StoreFolder) throws(SQLiteStoreError) {
        guard rename(from, to) == 0 else { throw .folderUnusable(path: folder.path, reason: StoreFolder.systemReason) }
        try StoreFolder.synchronize(folder: folder.path)
    }

    private func checkEmptiness(isReplacing: Bool) throws {
        guard !isReplacing else { return }
        let own = Set([folder.lock, folder.snapshotLock, folder.staged].map { ($0 as NSString).lastPathComponent })
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !own.contains($0) }.sorted()
        guard found.isEmpty else { throw SQLiteStoreError.folderNotEmpty(path: folder.path, found: found) }
    }

    private static func fill(_ staged: StoreFolder, by fill: (FileHandle) throws -> Data) throws {
        try staged.makeStoreFile()
        let store = try FileHandle(forWritingTo: URL(fileURLWithPath: staged.store))
        let key = try fill(store)
        try store.synchronize()
        try store.close()
        try staged.makeFile(staged.outboxKey)
        let keyFile = try FileHandle(forWritingTo: URL(fileURLWithPath: staged.outboxKey))
        try keyFile.write(contentsOf: key)
        try keyFile.synchronize()
        try keyFile.close()
    }

    /// Opens what was put in as a node does, so that every reason why a node would refuse it is found before anything is replaced,
    /// and tells the audit log of the restoring.
    private func check(_ staged: StoreFolder) async throws {
        let logger = Logger(label: "restore") { _ in SwiftLogNoOpLogHandler() }
        let store = try SQLiteStore.open(at: staged.path, geo: geo, logger: logger)
        do {
            try await store.integrityCheck()
            try await store.record([AuditEvent(.storeRestored, by: .operator)], throttles: [])
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
        for file in [staged.lock, staged.store + "-wal", staged.store + "-shm"] { unlink(file) }
    }
}
