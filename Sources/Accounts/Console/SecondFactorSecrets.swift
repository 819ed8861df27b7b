import Crypto
import Foundation

/// Makes, seals and opens the secrets that authenticator apps share with the node.
struct SecondFactorSecrets: Sendable {
    private let sealing: SymmetricKey
    private let drawing: SymmetricKey

    init(secret: SymmetricKey) {
        sealing = Self.key("second factor sealing", secret)
        drawing = Self.key("second factor drawing", secret)
    }

    /// The secret that an admin who shows this ticket is offered: the same at each look, so that a page can be loaded again, and
    /// nothing is stored before the first right code.
    func offered(for ticket: TokenHash) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: Data(ticket.bytes), using: drawing)
        return Array(code.prefix(TimeBasedCode.secretLength))
    }

    /// Bound to its admin: put into another admin's row it does not open (AES-GCM, NIST SP 800-38D).
    func seal(_ secret: [UInt8], of admin: AdminID) throws -> [UInt8] {
        let box = try AES.GCM.seal(Data(secret), using: sealing, authenticating: Data(admin.uuid.bytes))
        return Array(box.combined ?? Data())
    }

    /// - Throws: `CryptoKitError` for what another geo's key sealed, or was altered.
    func open(_ sealed: [UInt8], of admin: AdminID) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: Data(sealed))
        return Array(try AES.GCM.open(box, using: sealing, authenticating: Data(admin.uuid.bytes)))
    }

    private static func key(_ purpose: String, _ secret: SymmetricKey) -> SymmetricKey {
        SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: secret))
    }
}
