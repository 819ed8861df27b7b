import Crypto
import Foundation

/// Reads a backup: what it says of itself, and with the key all that it holds.
public struct BackupReader {
    public let header: BackupHeader
    private let handle: FileHandle
    private let path: String
    private let preamble: Data
    private let encapsulatedKey: Data

    /// Opens a file, and checks what can be checked without a key: its form and its length.
    ///
    /// - Throws: ``BackupError/notABackup(path:reason:)``.
    public init(file path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw BackupError.notABackup(path: path, reason: "no file that can be read")
        }
        try self.init(handle, path: path)
    }

    init(_ handle: FileHandle, path: String) throws {
        func refuse(_ reason: String) -> BackupError { .notABackup(path: path, reason: reason) }
        func take(_ count: Int, _ what: String) throws -> Data {
            guard let data = try handle.readAll(count) else { throw refuse("a file that ends inside its \(what)") }
            return data
        }
        guard try take(BackupFormat.mark.count, "first line") == BackupFormat.mark else { throw refuse("a file of another kind") }
        let length = try take(4, "header").reduce(0) { $0 << 8 | Int($1) }
        guard (1...BackupHeader.maximumBytes).contains(length) else { throw refuse("a header of \(length) bytes") }
        let encoded = try take(length, "header")
        guard let header = try? BackupHeader(decoding: encoded), header.isPossible else { throw refuse("a header that is none") }
        self.header = header
        preamble = BackupFormat.preamble(encoded)
        encapsulatedKey = try take(BackupFormat.encapsulatedKeyBytes, "key")
        let expected = BackupFormat.length(preamble: preamble.count, content: header.contentBytes)
        let start = try handle.offset()
        let found = Int(try handle.seekToEnd())
        guard found == expected else { throw refuse("\(found) bytes where its header tells of \(expected)") }
        try handle.seek(toOffset: start)
        self.handle = handle
        self.path = path
    }

    /// Decrypts everything. Call it once.
    ///
    /// - Parameters:
    ///   - store: takes the store's bytes, in order.
    ///   - outboxKey: takes the key's, at the end. What was taken counts only when this returns.
    /// - Throws: ``BackupError/otherKey(path:expected:found:)``, ``BackupError/altered(path:chunk:)``,
    ///   ``BackupError/contentDiffers(path:)``.
    public func open(with key: BackupKey, store: (Data) throws -> Void, outboxKey: (Data) throws -> Void) throws {
        guard key.recipient.id == header.key else {
            throw BackupError.otherKey(path: path, expected: header.key, found: key.recipient.id)
        }
        guard key.recipient.geo.value == header.geo, Int(key.recipient.number.value) == header.geoNumber else {
            throw BackupError.otherGeo(path: path, expected: key.recipient.geoName, found: header.geoName)
        }
        var recipient = try HPKE.Recipient(
            privateKey: key.privateKey, ciphersuite: BackupFormat.suite, info: preamble, encapsulatedKey: encapsulatedKey,
            presharedKey: key.recipient.senderSecret, presharedKeyIdentifier: Data(key.recipient.id.utf8))
        var hash = SHA256()
        var (storeLeft, left) = (header.storeBytes, header.contentBytes)
        let chunks = BackupFormat.chunks(of: header.contentBytes)
        var secret = Data()
        for chunk in 1...chunks {
            let length = min(left, BackupFormat.chunkBytes)
            let aad = BackupFormat.additionalData(isLast: chunk == chunks)
            guard let sealed = try handle.readAll(length + BackupFormat.tagBytes),
                let text = try? recipient.open(sealed, authenticating: aad)
            else { throw BackupError.altered(path: path, chunk: chunk) }
            left -= length
            let ofStore = text.prefix(storeLeft)
            storeLeft -= ofStore.count
            hash.update(data: ofStore)
            if !ofStore.isEmpty { try store(ofStore) }
            secret += text.dropFirst(ofStore.count)
        }
        guard BackupWriter.hex(hash.finalize()) == header.storeHash else { throw BackupError.contentDiffers(path: path) }
        try outboxKey(secret)
    }
}

extension FileHandle {
    /// So many bytes; nil where the file ends before.
    fileprivate func readAll(_ count: Int) throws -> Data? {
        var data = Data()
        while data.count < count {
            guard let part = try read(upToCount: count - data.count), !part.isEmpty else { return nil }
            data += part
        }
        return data
    }
}
