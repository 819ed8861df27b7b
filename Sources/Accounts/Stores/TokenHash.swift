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

/// A secret in a mailed link, for one use within its time.
public struct OneTimeToken: Hashable, Sendable {
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// Proves that the address is its owner's.
        case verifyEmail = "verify_email"
        /// Sets the first password, or a new one.
        case setPassword = "set_password"
    }

    public enum State: Hashable, Sendable {
        case unused
        /// Used, or replaced by a newer one.
        case spent
    }

    public let hash: TokenHash
    public let purpose: Purpose
    public let expiresAt: Timestamp
    public let state: State

    public init(hash: TokenHash, purpose: Purpose, expiresAt: Timestamp, state: State = .unused) {
        self.hash = hash
        self.purpose = purpose
        self.expiresAt = expiresAt
        self.state = state
    }

    /// - Throws: ``AccountError/unknownToken``, ``AccountError/usedToken`` or ``AccountError/expiredToken``.
    func redeem(for purpose: Purpose, at now: Timestamp) throws {
        guard self.purpose == purpose else { throw AccountError.unknownToken }
        guard state == .unused else { throw AccountError.usedToken }
        guard now < expiresAt else { throw AccountError.expiredToken }
    }
}
