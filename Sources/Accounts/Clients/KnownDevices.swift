import Crypto
import Foundation

/// Knows a browser again at which the owner of an address has logged in, without keeping anything of it.
///
/// Wrong passwords that come from elsewhere do not slow such a browser down, so nobody can shut the owner out (OWASP, "Slow Down
/// Online Guessing Attacks with Device Cookies"). Who holds the token of a device still needs the password.
public struct KnownDevices: Sendable {
    /// How long a browser stays known after it was.
    public static let lifetime = Duration.seconds(365 * 24 * 3600)

    private let key: SymmetricKey

    /// - Parameter purpose: a fixed text; devices of one purpose are unknown to another.
    init(secret: SymmetricKey, purpose: String = "known devices") {
        key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: secret))
    }

    /// A token for the browser at which somebody proved to be the owner of an address.
    ///
    /// - Parameter portal: nil for the console, which is no portal.
    func token(for address: EmailAddress, at portal: PortalID?) -> String {
        let nonce = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        return Hexadecimal.text(nonce) + "." + Hexadecimal.text(code(nonce, address, portal))
    }

    /// The number of the device, where the token was made for this address at this portal.
    func device(showing token: String?, for address: EmailAddress, at portal: PortalID?) -> [UInt8]? {
        let halves = (token ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, let nonce = Hexadecimal.bytes(halves[0]), nonce.count == 16,
            let shown = Hexadecimal.bytes(halves[1]),
            HMAC<SHA256>.isValidAuthenticationCode(
                Data(shown), authenticating: message(Data(nonce), address, portal), using: key)
        else { return nil }
        return nonce
    }

    private func code(_ nonce: Data, _ address: EmailAddress, _ portal: PortalID?) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: message(nonce, address, portal), using: key)
    }

    private func message(_ nonce: Data, _ address: EmailAddress, _ portal: PortalID?) -> Data {
        nonce + Data(portal?.uuid.bytes ?? []) + Data(address.key.utf8)
    }
}
