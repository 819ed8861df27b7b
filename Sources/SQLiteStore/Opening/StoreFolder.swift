import Foundation

/// A geo's data folder and the files in it that are the store's.
struct StoreFolder: Sendable {
    /// Only the owner reads, writes and enters the folder; only the owner reads and writes its files.
    static let folderMode: mode_t = 0o700
    static let fileMode: mode_t = 0o600

    let path: String

    var store: String { "\(path)/store.sqlite" }
    /// SQLite's own file beside the store.
    var writeAheadLog: String { "\(store)-wal" }
    var lock: String { "\(path)/store.lock" }
    var outboxKey: String { "\(path)/outbox.key" }
    /// A copy of the store while it is made for a backup, and the lock of whoever makes it.
    var snapshot: String { "\(path)/store.snapshot" }
    var snapshotLock: String { "\(path)/snapshot.lock" }
    /// A store from a backup: while it is put in and checked, and from when it counts until it is in its place.
    var staged: String { "\(path)/restore.new" }
    var ready: String { "\(path)/restore.ready" }

    /// An empty file whose time is that of the last backup.
    var backupNote: String { "\(path)/backup.done" }

    var backedUpAt: Date? {
        (try? FileManager.default.attributesOfItem(atPath: backupNote)[.modificationDate]) as? Date
    }

    /// Makes the folder where it is missing, and the folders above it, for the owner alone.
    func make() throws(SQLiteStoreError) {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: Int(Self.folderMode)])
        } catch {
            throw .folderUnusable(path: path, reason: Self.systemReason)
        }
        try Self.synchronize(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Makes an empty store file where there is none, readable by the owner alone; SQLite gives its side files the same mode.
    func makeStoreFile() throws(SQLiteStoreError) { try makeFile(store) }

    /// Makes an empty file where there is none, readable by the owner alone.
    func makeFile(_ file: String) throws(SQLiteStoreError) {
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, Self.fileMode)
        guard descriptor >= 0 else { throw .folderUnusable(path: path, reason: Self.systemReason) }
        defer { close(descriptor) }
        guard fchmod(descriptor, Self.fileMode) == 0 else { throw .folderUnusable(path: path, reason: Self.systemReason) }
    }

    /// Refuses to work on another user's folder: files that were made there would be closed to the node.
    func checkOwner() throws(SQLiteStoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .folderUnusable(path: path, reason: Self.systemReason) }
        guard status.st_uid == geteuid() else {
            let name = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "the user \(status.st_uid)"
            throw .otherOwner(path: path, owner: name)
        }
    }

    /// Makes the names of new files in a folder outlive a loss of power.
    static func synchronize(folder: String) throws(SQLiteStoreError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .folderUnusable(path: folder, reason: systemReason) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .folderUnusable(path: folder, reason: systemReason) }
    }

    /// What the last system call complained of.
    static var systemReason: String { String(cString: strerror(errno)) }
}
