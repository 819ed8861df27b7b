import Crypto
import Foundation

extension TestProvider {
    private static var now: Double { Date().timeIntervalSince1970.rounded(.down) }

    /// An ID token of a person, with the trick that is set.
    func idToken(_ person: [String: any Sendable]) throws -> String {
        let settings = settings
        let now = Self.now + settings.clockAhead
        var claims = person
        claims["iss"] = issuer
        claims["aud"] = settings.clientID
        claims["iat"] = now
        claims["exp"] = now + 300
        switch settings.trick {
        case .otherAudience: claims["aud"] = "another client"
        case .otherIssuer: claims["iss"] = "https://other.example"
        case .otherNonce: claims["nonce"] = "another"
        case .noNonce: claims["nonce"] = nil
        case .otherParty: claims["azp"] = "another client"
        case .twoAudiencesWithoutParty: claims["aud"] = [settings.clientID, "another client"]
        case .expired: claims["exp"] = now - 61
        case .fromTheFuture: claims["iat"] = now + 120
        case .noSubject: claims["sub"] = nil
        case .notAToken: return "not a token"
        default: break
        }
        settings.changesToken(&claims)
        return try signed(claims)
    }

    /// A logout token (OpenID Connect Back-Channel Logout 1.0, section 2.4).
    ///
    /// - Parameter change: makes it wrong.
    public func logOutToken(
        subject: String? = nil, session: String? = nil, id: String, change: (inout [String: any Sendable]) -> Void = { _ in }
    ) throws -> String {
        let now = Self.now
        var claims: [String: any Sendable] = [
            "iss": issuer, "aud": settings.clientID, "iat": now, "exp": now + 120, "jti": id,
            "events": ["http://schemas.openid.net/event/backchannel-logout": [String: String]()],
        ]
        claims["sub"] = subject
        claims["sid"] = session
        change(&claims)
        return try signed(claims)
    }

    func signed(_ claims: [String: any Sendable]) throws -> String {
        let settings = settings
        let key = settings.keys[0]
        var header: [String: any Sendable] = ["typ": "JWT", "alg": key.algorithm.rawValue]
        if settings.namesKey { header["kid"] = key.id }
        switch settings.trick {
        case .unsigned: header["alg"] = "none"
        case .signedWithThePublicKey: header["alg"] = "HS256"
        case .unknownKey: header["kid"] = "nobody's"
        default: break
        }
        let text = try [header, claims].map { try JSONSerialization.data(withJSONObject: $0).base64URL }.joined(separator: ".")
        switch settings.trick {
        case .unsigned: return text + "."
        case .signedWithThePublicKey:
            let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key.publicBytes))
            return text + "." + Data(code).base64URL
        case .wrongSignature: return try text + "." + SigningKey(key.algorithm, id: key.id).signature(of: text).base64URL
        default: return try text + "." + key.signature(of: text).base64URL
        }
    }
}
