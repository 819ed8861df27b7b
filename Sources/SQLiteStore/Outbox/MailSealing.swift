import Accounts
import Crypto
import Foundation
import Geography

/// Encrypts a waiting mail's recipient and text (AES-256-GCM, NIST SP 800-38D), bound to the mail's id and the geo.
struct MailSealing: Sendable {
    private struct Content: Codable {
        let recipient: String
        let recipientKey: String
        let message: AccountMessage
    }

    let key: OutboxKey
    let geo: GeoID

    /// - Returns: nonce (12 bytes), ciphertext and tag (16 bytes), one after the other.
    func seal(_ mail: OutboxMail) throws -> Data {
        let content = Content(recipient: mail.recipient.value, recipientKey: mail.recipient.key, message: mail.message)
        do {
            let box = try AES.GCM.seal(JSONEncoder().encode(content), using: key.key, authenticating: binding(mail.id))
            // The nonce has the standard length, so there is a combined form.
            guard let sealed = box.combined else { throw StoreError.corrupt("a mail that cannot be sealed") }
            return sealed
        } catch {
            throw StoreError.corrupt("a mail that cannot be sealed")
        }
    }

    /// - Throws: ``StoreError/corrupt(_:)`` for what was not sealed by this key for this mail.
    func open(_ sealed: Data, id: MailID) throws -> (recipient: EmailAddress, message: AccountMessage) {
        do {
            let text = try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key.key, authenticating: binding(id))
            let content = try JSONDecoder().decode(Content.self, from: text)
            return (EmailAddress(stored: content.recipient, key: content.recipientKey), content.message)
        } catch {
            throw StoreError.corrupt("a mail that was not sealed under this outbox key")
        }
    }

    private func binding(_ id: MailID) -> Data { Data(id.uuid.bytes) + Data("outbox mail of geo \(geo)".utf8) }
}
