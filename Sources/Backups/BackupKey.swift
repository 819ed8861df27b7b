import Crypto
import Foundation
import Geography

/// The key that opens the backups of one geo. It is made and kept away from the geo's machine.
///
/// ```
/// portolan-backup-key-1 eu 1 PRIVATE-KEY SENDER-SECRET
/// ```
public struct BackupKey: Sendable {
    static let mark = "portolan-backup-key-1"

    public let recipient: BackupRecipient
    let privateKey: Curve25519.KeyAgreement.PrivateKey

    /// A new key.
    public init(geo: Geo) {
        privateKey = Curve25519.KeyAgreement.PrivateKey()
        recipient = BackupRecipient(
            geo: geo.id, number: geo.number, publicKey: privateKey.publicKey, senderSecret: SymmetricKey(size: .bits256))
    }

    /// - Throws: ``BackupError/unusableKey(path:reason:)``.
    public init(file path: String) throws {
        let line = try KeyLine(file: path, mark: Self.mark)
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: line.key) else {
            throw BackupError.unusableKey(path: path, reason: "a private key that is none")
        }
        privateKey = key
        recipient = BackupRecipient(
            geo: line.geo, number: line.number, publicKey: key.publicKey, senderSecret: line.secret)
    }

    private var text: String {
        let words = [privateKey.rawRepresentation, recipient.senderSecret.bytes].map { $0.base64EncodedString() }
        return """
            # Opens the backups of the geo \(recipient.geo). Keep it in that geo, away from its machine and its backups.
            \(Self.mark) \(recipient.geo) \(recipient.number.value) \(words.joined(separator: " "))

            """
    }

    /// Writes `backup-GEO.key` and `backup-GEO.recipient`, for the owner alone.
    ///
    /// - Returns: the two paths.
    /// - Throws: ``BackupError/alreadyThere(_:)`` where there is one of them.
    public func write(to folder: String) throws -> (key: String, recipient: String) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BackupError.notWritable(folder, reason: error.localizedDescription)
        }
        let paths = (key: "\(folder)/backup-\(recipient.geo).key", recipient: "\(folder)/backup-\(recipient.geo).recipient")
        for path in [paths.key, paths.recipient] where FileManager.default.fileExists(atPath: path) {
            throw BackupError.alreadyThere(path)
        }
        for (path, text) in [(paths.key, text), (paths.recipient, recipient.text)] {
            let file = try NewFile(path)
            try file.write(Data(text.utf8))
            try file.publish()
        }
        return paths
    }
}
