import Crypto
import Foundation

extension SQLiteStore {
    /// A key of this geo for another purpose than mail, which outlives restarts (HKDF-SHA-256 of the outbox key, RFC 5869).
    ///
    /// - Parameter purpose: a fixed text; different texts give keys that say nothing about each other.
    public func derivedKey(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: sealing.key.key, info: Data(purpose.utf8), outputByteCount: SHA256.byteCount)
    }
}
