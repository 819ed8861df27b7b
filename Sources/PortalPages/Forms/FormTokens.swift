import Accounts
import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Proves that a form that comes in was shown by these pages, to this browser, for this purpose.
///
/// A browser keeps a random value in a host-only cookie; the form holds its HMAC-SHA256, together with the portal and the
/// form's purpose. Another site can make a browser send the cookie, but it can neither read it nor make the HMAC (OWASP,
/// "signed double-submit cookie"). Nothing is stored.
struct FormTokens: Sendable {
    static let cookieName = "portalform"
    /// The hidden field that holds the token.
    static let fieldName = "form_token"
    private static let nonceLength = 32

    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// The random value that the browser keeps; nil where it keeps none, or none of ours.
    func nonce(of request: Request) -> String? {
        guard let nonce = request.cookies[Self.cookieName]?.value, nonce.utf8.count == Self.nonceLength,
            nonce.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
        else { return nil }
        return nonce
    }

    /// A new random value of 128 bits.
    static func mintNonce() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<nonceLength).map { _ in String(UInt8.random(in: 0..<16, using: &random), radix: 16) }.joined()
    }

    static func cookie(keeping nonce: String) -> HTTPField {
        HTTPField(name: .setCookie, value: "\(cookieName)=\(nonce); Path=/; HttpOnly; Secure; SameSite=Lax")
    }

    func token(for purpose: FormPurpose, at portal: PortalID, nonce: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(purpose, portal, nonce), using: key)
        return Data(code).base64EncodedString()
    }

    /// Whether the form's token was made for this browser, portal and purpose. Compared in constant time.
    func accepts(_ token: String, for purpose: FormPurpose, at portal: PortalID, from request: Request) -> Bool {
        guard let nonce = nonce(of: request), let code = Data(base64Encoded: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(purpose, portal, nonce), using: key)
    }

    private static func message(_ purpose: FormPurpose, _ portal: PortalID, _ nonce: String) -> Data {
        Data("portolan form\n\(purpose.rawValue)\n\(portal)\n\(nonce)".utf8)
    }
}
