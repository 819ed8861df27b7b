import Geography

/// Why a geo's store could not be opened. Nothing was changed, and the process has to stop.
public enum SQLiteStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The data folder cannot be made, read or written.
    case folderUnusable(path: String, reason: String)
    /// Another process holds the folder's lock.
    case folderInUse(path: String, holder: String?)
    /// The file is no SQLite database, or one of another program.
    case notAStore(path: String, reason: String)
    /// The file is a store whose content contradicts itself.
    case damaged(path: String, reason: String)
    /// The store was made for another geo.
    case otherGeo(path: String, expected: String, found: String)
    /// A newer version of the node has changed the store's form.
    case newerSchema(path: String, unknown: [String])
    /// The store has mails under a key whose file is gone.
    case outboxKeyMissing(path: String, sealed: Int)
    /// The store has mails under another key.
    case outboxKeyWrong(path: String, sealed: Int)
    /// The key's file is not what this program wrote.
    case outboxKeyUnusable(path: String, reason: String)
    /// The folder belongs to another user than the one who runs this program.
    case otherOwner(path: String, owner: String)
    /// Somebody makes a copy of the store now.
    case snapshotInProgress(path: String)
    /// What is to be restored would meet something.
    case folderNotEmpty(path: String, found: [String])
    /// A store was restored, and its move into its place was not finished.
    case restoreUnfinished(path: String)

    public var description: String {
        switch self {
        case .folderUnusable(let path, let reason):
            "expected a data folder that this user can read and write at \(path), found: \(reason); make it or change its owner, or set another `data`"
        case .folderInUse(let path, let holder):
            "expected the data folder \(path) to be free, found it in use by \(holder.map { "process \($0)" } ?? "another process"); stop that node first, or set another `data`"
        case .notAStore(let path, let reason):
            "expected a store of this program at \(path), found: \(reason); restore a backup, or move the file away to start with an empty store"
        case .damaged(let path, let reason):
            "expected a whole store at \(path), found it damaged: \(reason); restore a backup"
        case .otherGeo(let path, let expected, let found):
            "expected the store of geo \(expected) at \(path), found the store of geo \(found); set `geo` or `data` so that they belong together"
        case .newerSchema(let path, let unknown):
            "expected a store that this version knows at \(path), found one that a newer version has changed (\(unknown.joined(separator: ", "))); run that version or a newer one"
        case .outboxKeyMissing(let path, let sealed):
            "expected the key of \(sealed) sealed mail(s) and secret(s) at \(path), found no file; restore it from where you keep the keys' backup"
        case .outboxKeyWrong(let path, let sealed):
            "expected the key of \(sealed) sealed mail(s) and secret(s) at \(path), found another key; restore the right one from where you keep the keys' backup"
        case .otherOwner(let path, let owner):
            "expected the data folder \(path) to be this user's, found it to be that of \(owner); run this as \(owner)"
        case .snapshotInProgress(let path):
            "expected no other backup of \(path) to be made now, found one; wait for its end"
        case .folderNotEmpty(let path, let found):
            "expected an empty data folder at \(path), found \(found.prefix(3).joined(separator: ", "))\(found.count > 3 ? " and more" : ""); with --replace the store in it is replaced"
        case .restoreUnfinished(let path):
            "expected a store at \(path), found one that is still being restored; start the node, which finishes that, and try again"
        case .outboxKeyUnusable(let path, let reason):
            "expected the outbox key (\(OutboxKey.length) bytes, mode 0600) at \(path), found: \(reason); restore it from where you keep the keys' backup, or correct its mode with `chmod 600`"
        }
    }
}
