import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Proves that a form that comes in was shown by these pages, to this browser, for this purpose.
///
/// A browser keeps a random value in a host-only cookie; the form holds its HMAC-SHA256, together with the site and the
/// form's purpose. Another site can make a browser send the cookie, but it can neither read it nor make the HMAC (OWASP,
/// "signed double-submit cookie"). Nothing is stored.
public struct FormTokens: Sendable {
    /// The hidden field that holds the token.
    public static let fieldName = "form_token"

    private let key: SymmetricKey

    public init(key: SymmetricKey) { self.key = key }

    /// - Parameters:
    ///   - purpose: which form it is; the token is no good for another.
    ///   - site: which portal, or the console.
    public func token(for purpose: String, at site: String, nonce: FormNonce) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.message(purpose, site, nonce), using: key)
        return Data(code).base64EncodedString()
    }

    /// Whether the form's token was made for this browser, site and purpose. Compared in constant time.
    public func accepts(_ token: String, for purpose: String, at site: String, from request: Request) -> Bool {
        guard let nonce = FormNonce(keptBy: request), let code = Data(base64Encoded: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(purpose, site, nonce), using: key)
    }

    private static func message(_ purpose: String, _ site: String, _ nonce: FormNonce) -> Data {
        Data("portolan form\n\(purpose)\n\(site)\n\(nonce.value)".utf8)
    }
}
