import Crypto
import Foundation
import Geography

@testable import Backups

/// A folder with the key of eu and a store to be backed up, removed when the test lets go of it.
final class BackupBench: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "portolan-backups-\(UUID().uuidString)").path
    let key: BackupKey
    let store: Data
    let outboxKey = Data((0..<32).map { UInt8($0) })

    init(storeBytes: Int = 200_000) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        key = BackupKey(geo: try Self.geo("eu", 1))
        store = Data((0..<storeBytes).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static func geo(_ id: String, _ number: Int) throws -> Geo {
        let address = NodeAddress(service: SocketEndpoint(host: "127.0.0.1", port: 9101), admin: nil)
        return Geo(id: try GeoID(id), number: try GeoNumber(number), name: id, nodes: [address])
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Writes a backup.
    ///
    /// - Parameter hash: what the header tells of the store; the truth otherwise.
    @discardableResult
    func write(_ name: String = "backup", for recipient: BackupRecipient? = nil, hash: String? = nil) throws -> String {
        let recipient = recipient ?? key.recipient
        let plain = path("plain-\(UUID().uuidString)")
        try store.write(to: URL(fileURLWithPath: plain))
        let header = BackupHeader(
            recipient: recipient, madeAt: Date(), version: "1.2.3", schema: ["v1"], storeBytes: store.count,
            storeHash: hash ?? BackupWriter.hex(SHA256.hash(data: store)), outboxKeyBytes: outboxKey.count)
        return try BackupWriter(recipient: recipient).write(
            header, store: FileHandle(forReadingFrom: URL(fileURLWithPath: plain)), outboxKey: outboxKey, to: path(name))
    }

    /// Everything that a backup holds.
    func read(_ name: String = "backup", with key: BackupKey? = nil) throws -> (store: Data, outboxKey: Data) {
        var (store, outboxKey) = (Data(), Data())
        try BackupReader(file: path(name)).open(
            with: key ?? self.key, store: { store += $0 }, outboxKey: { outboxKey = $0 })
        return (store, outboxKey)
    }

    /// Why it is refused; nil where it is not.
    func refusal(_ name: String = "backup", with key: BackupKey? = nil) -> BackupError? {
        do {
            _ = try read(name, with: key)
            return nil
        } catch { return error as? BackupError }
    }

    func bytes(_ name: String = "backup") throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

    func replace(_ name: String = "backup", by bytes: Data) throws { try bytes.write(to: URL(fileURLWithPath: path(name))) }

    /// Where the first chunk begins.
    func firstChunk(_ name: String = "backup") throws -> Int {
        let bytes = try bytes(name)
        let length = bytes.dropFirst(BackupFormat.mark.count).prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return BackupFormat.mark.count + 4 + length + BackupFormat.encapsulatedKeyBytes
    }
}
