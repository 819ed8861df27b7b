import Accounts
import Crypto
import Foundation
import JWTKit

/// The request by which a code becomes tokens, with the proof of who asks (OpenID Connect Core 1.0, sections 3.1.3.1 and 9).
struct TokenRequest {
    let form: String
    let authorization: String?

    /// How long an assertion is good.
    static let assertionLifetime = Duration.seconds(60)

    /// - Throws: ``ProviderFault/secretUnusable``.
    init(code: String, request: SignOnRequest, at access: ProviderAccess, endpoint: String, now: Timestamp) async throws {
        let provider = access.provider
        let grant: KeyValuePairs = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": request.redirectAddress,
            "code_verifier": request.codeVerifier,
        ]
        var form = FormText(grant).text
        switch provider.authentication {
        case .basic:
            // Encoded as in a form before they are joined (RFC 6749, section 2.3.1).
            let credentials = "\(FormText.encoded(provider.clientID)):\(FormText.encoded(access.secret))"
            authorization = "Basic \(Data(credentials.utf8).base64EncodedString())"
        case .post:
            form += "&" + FormText(["client_id": provider.clientID, "client_secret": access.secret]).text
            authorization = nil
        case .privateKey:
            let assertion = try await Self.assertion(of: provider.clientID, key: access.secret, endpoint: endpoint, now: now)
            form +=
                "&"
                + FormText([
                    "client_id": provider.clientID,
                    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion": assertion,
                ]).text
            authorization = nil
        }
        self.form = form
    }

    /// A token that the client signs with its own key (RFC 7523, section 3).
    private static func assertion(of client: String, key: String, endpoint: String, now: Timestamp) async throws -> String {
        guard let keys = await signer(pem: key) else { throw ProviderFault.secretUnusable }
        let seconds = Double(now.milliseconds / 1000)
        let claims = TokenClaims([
            "iss": .text(client), "sub": .text(client), "aud": .text(endpoint), "jti": .text(UUID().uuidString),
            "iat": .number(seconds), "exp": .number(seconds + Double(assertionLifetime.components.seconds)),
        ])
        guard let assertion = try? await keys.sign(claims) else { throw ProviderFault.secretUnusable }
        return assertion
    }

    private static func signer(pem: String) async -> JWTKeyCollection? {
        let keys = JWTKeyCollection()
        if let key = try? ES256PrivateKey(pem: pem) { return await keys.add(ecdsa: key) }
        if let key = try? Insecure.RSA.PrivateKey(pem: pem) { return await keys.add(rsa: key, digestAlgorithm: .sha256) }
        if let key = try? EdDSA.PrivateKey(pem: pem) { return await keys.add(eddsa: key) }
        return nil
    }
}
