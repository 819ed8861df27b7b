import Accounts
import Backups
import Foundation
import SQLiteStore
import ServiceProcess

extension NodeAdministration {
    /// What a backup holds, and how its file can be known again.
    public struct BackupReceipt: Sendable {
        public let header: BackupHeader
        /// SHA-256 of the file, in hexadecimal.
        public let fileHash: String
    }

    /// Makes an encrypted backup of the geo's store, also beside the running node. Blocks.
    ///
    /// - Parameters:
    ///   - path: of the geo's `node.yaml`, which names the recipient.
    ///   - output: the file that is made; it gets this name when it is whole.
    /// - Throws: `ConfigurationError`, `SQLiteStoreError`, `StoreError`, `BackupError`, `NodeError`.
    public static func backUp(configurationFile path: String, to output: String) throws -> BackupReceipt {
        let configuration = try NodeConfiguration(path: path, environment: ProcessInfo.processInfo.environment)
        guard let recipientFile = configuration.backupRecipient else { throw NodeError.noBackupRecipient }
        let recipient = try BackupRecipient(file: recipientFile)
        try recipient.check(against: configuration.geo)
        guard SQLiteStore.isThere(in: configuration.dataFolder) else {
            throw NodeError.noStore(folder: configuration.dataFolder)
        }
        let madeAt = Date()
        let snapshot = try StoreSnapshot(of: configuration.dataFolder, geo: configuration.geo)
        let header = BackupHeader(
            recipient: recipient, madeAt: madeAt, version: ProductVersion.current, schema: snapshot.migrations,
            storeBytes: snapshot.bytes, storeHash: snapshot.hash, outboxKeyBytes: snapshot.outboxKey.count)
        let hash = try BackupWriter(recipient: recipient).write(
            header, store: snapshot.file, outboxKey: snapshot.outboxKey, to: output)
        SQLiteStore.noteBackup(of: configuration.dataFolder)
        return BackupReceipt(header: header, fileHash: hash)
    }

    /// Puts the store of a backup into the geo's data folder: as a whole, or not at all.
    ///
    /// - Parameters:
    ///   - keyFile: of the key that opens it.
    ///   - backup: the file.
    ///   - isReplacing: takes a data folder that is not empty.
    /// - Throws: `BackupError`, `SQLiteStoreError` (a running node: `.folderInUse`), `ConfigurationError`, `StoreError`.
    public static func restore(
        configurationFile path: String, keyFile: String, backup: String, isReplacing: Bool
    ) async throws -> BackupHeader {
        let configuration = try NodeConfiguration(path: path, environment: ProcessInfo.processInfo.environment)
        let reader = try BackupReader(file: backup)
        try reader.header.check(against: configuration.geo, path: backup)
        let key = try BackupKey(file: keyFile)
        try key.recipient.check(against: configuration.geo)
        let restoration = StoreRestoration(into: configuration.dataFolder, geo: configuration.geo)
        try await restoration.run(isReplacing: isReplacing) { store in
            var outboxKey = Data()
            try reader.open(with: key, store: { try store.write(contentsOf: $0) }, outboxKey: { outboxKey = $0 })
            return outboxKey
        }
        return reader.header
    }
}
