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
    /// The hidden field that holds the token.
    static let fieldName = "form_token"

    private let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    func token(for purpose: FormPurpose, at portal: PortalID, nonce: FormNonce) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(purpose, portal, nonce), using: key)
        return Data(code).base64EncodedString()
    }

    /// Whether the form's token was made for this browser, portal and purpose. Compared in constant time.
    func accepts(_ token: String, for purpose: FormPurpose, at portal: PortalID, from request: Request) -> Bool {
        guard let nonce = FormNonce(keptBy: request), let code = Data(base64Encoded: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(purpose, portal, nonce), using: key)
    }

    private static func message(_ purpose: FormPurpose, _ portal: PortalID, _ nonce: FormNonce) -> Data {
        Data("portolan form\n\(purpose.rawValue)\n\(portal)\n\(nonce.value)".utf8)
    }
}
