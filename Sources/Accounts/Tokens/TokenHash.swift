import Crypto
import Geography

/// The SHA-256 hash of a secret, which is all that a store keeps of it.
public struct TokenHash: Hashable, Sendable {
    /// Thirty-two bytes.
    public let bytes: [UInt8]

    public init(of secret: GeoUUID) { bytes = Array(SHA256.hash(data: secret.bytes)) }

    public init(of secret: GeoCredential) { bytes = Array(SHA256.hash(data: Array(secret.value.utf8))) }

    /// Takes the bytes that a store kept.
    public init(stored bytes: [UInt8]) { self.bytes = bytes }
}
