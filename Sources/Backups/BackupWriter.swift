import Crypto
import Foundation

/// Encrypts a snapshot into a backup.
public struct BackupWriter {
    let recipient: BackupRecipient

    public init(recipient: BackupRecipient) { self.recipient = recipient }

    /// Writes the file, reads it again from the disk, and gives it its name.
    ///
    /// - Parameters:
    ///   - store: reads the snapshot, which has `header.storeBytes` bytes from its beginning.
    ///   - outboxKey: what opens the mails in it.
    /// - Returns: SHA-256 of the file, in hexadecimal.
    /// - Throws: ``BackupError``; then there is no file.
    public func write(_ header: BackupHeader, store: FileHandle, outboxKey: Data, to path: String) throws -> String {
        let file = try NewFile(path)
        var digest = SHA256()
        func append(_ data: Data) throws {
            try file.write(data)
            digest.update(data: data)
        }
        let preamble = BackupFormat.preamble(try header.encoded())
        var sender = try HPKE.Sender(
            recipientKey: recipient.publicKey, ciphersuite: BackupFormat.suite, info: preamble,
            presharedKey: recipient.senderSecret, presharedKeyIdentifier: Data(recipient.id.utf8))
        try append(preamble)
        try append(sender.encapsulatedKey)
        var content = Content(store: store, left: header.storeBytes, outboxKey: outboxKey)
        var hash = SHA256()
        let chunks = BackupFormat.chunks(of: header.contentBytes)
        for chunk in 1...chunks {
            let text = try content.next(&hash)
            let isLast = chunk == chunks
            guard text.count == (isLast ? header.contentBytes - (chunks - 1) * BackupFormat.chunkBytes : BackupFormat.chunkBytes)
            else { throw BackupError.contentDiffers(path: path) }
            try append(sender.seal(text, authenticating: BackupFormat.additionalData(isLast: isLast)))
        }
        guard Self.hex(hash.finalize()) == header.storeHash else { throw BackupError.contentDiffers(path: path) }
        try file.synchronize()
        let written = Self.hex(digest.finalize())
        try Self.verify(file, path: path, hash: written)
        try file.publish()
        return written
    }

    /// What can be known without the key: that the disk has what was written, and that it has the form of a backup.
    private static func verify(_ file: NewFile, path: String, hash: String) throws {
        var digest = SHA256()
        let handle = try file.reading()
        // Not what is still in memory: a disk that wrote something else is to be found.
        _ = posix_fadvise(handle.fileDescriptor, 0, 0, POSIX_FADV_DONTNEED)
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { digest.update(data: part) }
        guard hex(digest.finalize()) == hash else {
            throw BackupError.notWritable(path, reason: "the disk does not give back what was written")
        }
        try handle.seek(toOffset: 0)
        _ = try BackupReader(handle, path: path)
    }

    static func hex(_ digest: some Sequence<UInt8>) -> String { digest.map { String(format: "%02x", $0) }.joined() }
}

/// Store and outbox key, as one row of bytes.
private struct Content {
    let store: FileHandle
    var left: Int
    var outboxKey: Data

    /// The next chunk; shorter only at the end.
    mutating func next(_ hash: inout SHA256) throws -> Data {
        var chunk = Data()
        while chunk.count < BackupFormat.chunkBytes, left > 0 {
            let wanted = min(left, BackupFormat.chunkBytes - chunk.count)
            guard let part = try store.read(upToCount: wanted), !part.isEmpty else { break }
            hash.update(data: part)
            chunk += part
            left -= part.count
        }
        guard left == 0 else { return chunk }
        let rest = outboxKey.prefix(BackupFormat.chunkBytes - chunk.count)
        chunk += rest
        outboxKey = outboxKey.dropFirst(rest.count)
        return chunk
    }
}
