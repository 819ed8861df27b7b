import Foundation

/// A geo's data folder and the files in it that are the store's.
struct StoreFolder: Sendable {
    /// Only the owner reads, writes and enters the folder; only the owner reads and writes its files.
    static let folderMode: mode_t = 0o700
    static let fileMode: mode_t = 0o600

    let path: String

    var store: String { "\(path)/store.sqlite" }
    var lock: String { "\(path)/store.lock" }
    var outboxKey: String { "\(path)/outbox.key" }

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
    func makeStoreFile() throws(SQLiteStoreError) {
        let descriptor = open(store, O_RDWR | O_CREAT | O_CLOEXEC, Self.fileMode)
        guard descriptor >= 0 else { throw .folderUnusable(path: path, reason: Self.systemReason) }
        defer { close(descriptor) }
        guard fchmod(descriptor, Self.fileMode) == 0 else { throw .folderUnusable(path: path, reason: Self.systemReason) }
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
