/// Why a backup was not made, or is not what it should be. Nothing was changed.
public enum BackupError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file of keys that is missing, readable by others, or not what ``BackupKey`` writes.
    case unusableKey(path: String, reason: String)
    /// A key of another geo.
    case keyOfOtherGeo(expected: String, found: String)
    /// The file is no backup, or was cut off, or has more than a backup.
    case notABackup(path: String, reason: String)
    /// The backup was made for the holder of another key.
    case otherKey(path: String, expected: String, found: String)
    /// A part of the file is not what was written, or not where it was written, or was made by somebody without the geo's recipient.
    case altered(path: String, chunk: Int)
    /// What was encrypted is not the snapshot that was read before.
    case contentDiffers(path: String)
    /// The backup of another geo.
    case otherGeo(path: String, expected: String, found: String)
    /// There is a file already; nothing is overwritten.
    case alreadyThere(String)
    case notWritable(String, reason: String)

    public var description: String {
        switch self {
        case .unusableKey(let path, let reason):
            "expected a key for backups, for its owner alone, at \(path), found: \(reason); make one with: portolanctl backup-key create"
        case .keyOfOtherGeo(let expected, let found):
            "expected a backup key of geo \(expected), found one of geo \(found); each geo has its own"
        case .notABackup(let path, let reason):
            "expected a whole backup at \(path), found: \(reason); take another copy of it, or an older backup"
        case .otherKey(let path, let expected, let found):
            "the backup at \(path) was made for the key \(expected), found the key \(found); show the one that belongs to it"
        case .altered(let path, let chunk):
            "the backup at \(path) was altered, or was not made with this geo's recipient file: part \(chunk) of it does not fit; take another copy of it, or an older backup"
        case .contentDiffers(let path):
            "the backup at \(path) does not hold what was read from the store; take an older backup"
        case .otherGeo(let path, let expected, let found):
            "expected a backup of geo \(expected), found at \(path) one of geo \(found); nothing of another geo is restored"
        case .alreadyThere(let path): "there is a file at \(path) already; nothing is overwritten: choose another name"
        case .notWritable(let path, let reason): "cannot write \(path): \(reason)"
        }
    }
}
