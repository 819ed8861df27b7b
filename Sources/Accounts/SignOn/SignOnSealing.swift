import Crypto
import Foundation

/// Encrypts what single sign-on has to keep and the store must not show: secrets of providers, what an attempt waits for, and ID tokens
/// (AES-256-GCM, NIST SP 800-38D, under a key derived from the geo's secret).
public struct SignOnSealing: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: of the geo, the same after a restart.
    public init(secret: SymmetricKey) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, info: Data("single sign-on".utf8), outputByteCount: SHA256.byteCount)
    }

    /// - Parameter place: what the text belongs to; it opens nowhere else.
    func seal(_ text: String, for place: String) throws -> SealedText {
        guard let box = try? AES.GCM.seal(Data(text.utf8), using: key, authenticating: Data(place.utf8)),
            let sealed = box.combined
        else { throw StoreError.corrupt("a text of single sign-on that cannot be sealed") }
        return SealedText(Array(sealed))
    }

    /// - Throws: ``StoreError/corrupt(_:)`` for what was not sealed by this geo for this place.
    func open(_ sealed: SealedText, for place: String) throws -> String {
        guard let box = try? AES.GCM.SealedBox(combined: sealed.bytes),
            let text = try? AES.GCM.open(box, using: key, authenticating: Data(place.utf8))
        else { throw StoreError.corrupt("a text of single sign-on that this geo did not seal") }
        return String(decoding: text, as: UTF8.self)
    }
}
