import Crypto
import Foundation

/// The key of one geo's waiting mails, 32 random bytes in a file beside the store and never in it.
///
/// A backup of the store without this file shows neither addresses nor links of mails.
public struct OutboxKey: Sendable {
    public static let length = 32

    let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// What the store remembers of the key, to know it again (HMAC-SHA-256 of a fixed text; says nothing about the key).
    var check: Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data("portolan outbox key".utf8), using: key))
    }

    /// Reads the key.
    ///
    /// - Returns: nil where there is no file.
    /// - Throws: ``SQLiteStoreError/outboxKeyUnusable(path:reason:)`` for a file of another length, or one that others may read.
    static func read(_ path: String) throws(SQLiteStoreError) -> OutboxKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw .outboxKeyUnusable(path: path, reason: StoreFolder.systemReason) }
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .outboxKeyUnusable(path: path, reason: StoreFolder.systemReason)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .outboxKeyUnusable(path: path, reason: "mode 0\(String(status.st_mode & 0o777, radix: 8))")
        }
        var bytes = [UInt8](repeating: 0, count: length + 1)
        let count = Foundation.read(descriptor, &bytes, bytes.count)
        guard count == length, status.st_size == length else {
            throw .outboxKeyUnusable(path: path, reason: "\(status.st_size) bytes")
        }
        return OutboxKey(SymmetricKey(data: bytes.prefix(length)))
    }

    /// Makes a new key and its file, whole or not at all, and on disk before it is used. The caller holds the folder's lock.
    static func make(in folder: StoreFolder) throws(SQLiteStoreError) -> OutboxKey {
        let path = folder.outboxKey
        let draft = "\(path).new"
        let key = SymmetricKey(size: .bits256)
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, StoreFolder.fileMode)
        guard descriptor >= 0 else { throw .outboxKeyUnusable(path: path, reason: StoreFolder.systemReason) }
        let written = key.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let isOnDisk = written == length && fsync(descriptor) == 0
        close(descriptor)
        // A link, unlike a rename, never replaces a key that is there.
        guard isOnDisk, link(draft, path) == 0 else {
            throw .outboxKeyUnusable(path: path, reason: StoreFolder.systemReason)
        }
        unlink(draft)
        try StoreFolder.synchronize(folder: folder.path)
        return OutboxKey(key)
    }
}
