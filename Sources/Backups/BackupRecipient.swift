import Crypto
import Foundation
import Geography

/// What the machine of a geo has to make backups: enough to write them, not enough to read one.
///
/// Beside the public key there is a secret that only the geo's machine and the holder of the ``BackupKey`` know. Without it nobody
/// can make a file that would be taken for a backup of this geo, even who may write where backups are kept.
///
/// ```
/// portolan-backup-recipient-1 eu 1 PUBLIC-KEY SENDER-SECRET
/// ```
public struct BackupRecipient: Sendable {
    static let mark = "portolan-backup-recipient-1"
    static let keyLength = 32

    public let geo: GeoID
    public let number: GeoNumber
    let publicKey: Curve25519.KeyAgreement.PublicKey
    let senderSecret: SymmetricKey

    /// What a backup says of whom it was made for: the first eight bytes of SHA-256 of the public key.
    public var id: String {
        SHA256.hash(data: publicKey.rawRepresentation).prefix(8).map { String(format: "%02x", $0) }.joined()
    }

    /// The geo's id and number, for messages.
    public var geoName: String { "\(geo) (number \(number.value))" }

    var text: String {
        let words = [publicKey.rawRepresentation, senderSecret.bytes].map { $0.base64EncodedString() }
        return """
            # Makes backups of the geo \(geo), and reads none. It belongs to the geo's machine: see `backup.recipient`.
            \(Self.mark) \(geo) \(number.value) \(words.joined(separator: " "))

            """
    }

    /// - Throws: ``BackupError/unusableKey(path:reason:)``.
    public init(file path: String) throws {
        let line = try KeyLine(file: path, mark: Self.mark)
        guard let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: line.key) else {
            throw BackupError.unusableKey(path: path, reason: "a public key that is none")
        }
        self.init(geo: line.geo, number: line.number, publicKey: key, senderSecret: line.secret)
    }

    init(geo: GeoID, number: GeoNumber, publicKey: Curve25519.KeyAgreement.PublicKey, senderSecret: SymmetricKey) {
        (self.geo, self.number, self.publicKey, self.senderSecret) = (geo, number, publicKey, senderSecret)
    }

    /// Refuses to make, or to read, what is another geo's.
    ///
    /// - Throws: ``BackupError/keyOfOtherGeo(expected:found:)``.
    public func check(against geo: Geo) throws(BackupError) {
        guard self.geo == geo.id, number == geo.number else {
            throw .keyOfOtherGeo(expected: "\(geo.id) (number \(geo.number.value))", found: geoName)
        }
    }
}

extension SymmetricKey {
    var bytes: Data { withUnsafeBytes { Data($0) } }
}
