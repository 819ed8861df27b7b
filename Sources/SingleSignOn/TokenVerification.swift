import Accounts
import Foundation

/// Judges the tokens of one provider: the signature first, then what they say.
struct TokenVerification: Sendable {
    /// The largest token that is looked at, in bytes.
    static let maximumTokenBytes = 64 * 1024
    static let maximumSubjectBytes = 255

    let issuer: String
    let clientID: String
    let limits: ProviderLimits
    let now: Timestamp

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    /// Which signature a token claims to have, and by which key.
    ///
    /// - Throws: ``ProviderFault/malformedToken``; ``ProviderFault/algorithmRefused`` for `none`, for what is signed with a shared secret,
    ///   and for all that is not listed.
    static func signature(of token: String) throws(ProviderFault) -> (algorithm: ProviderKeys.Algorithm, kid: String?) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= maximumTokenBytes, parts.count == 3, let bytes = Data(base64URL: parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: bytes)
        else { throw .malformedToken }
        guard let algorithm = ProviderKeys.Algorithm(rawValue: header.alg), (header.crit ?? []).isEmpty else {
            throw .algorithmRefused
        }
        return (algorithm, header.kid)
    }

    /// The claims of a token with a right signature.
    ///
    /// - Throws: ``ProviderFault/unknownKey``; ``ProviderFault/wrongSignature``.
    static func claims(of token: String, signedBy keys: ProviderKeys) async throws(ProviderFault) -> TokenClaims {
        let (algorithm, kid) = try signature(of: token)
        let verifiers = await keys.verifiers(for: algorithm, kid: kid)
        guard !verifiers.isEmpty else { throw .unknownKey }
        for verifier in verifiers {
            if let claims = try? await verifier.verify(token, as: TokenClaims.self) { return claims }
        }
        throw .wrongSignature
    }

    /// Judges an ID token's claims (OpenID Connect Core 1.0, section 3.1.3.7).
    func judge(idToken claims: TokenClaims, nonce: String) throws(ProviderFault) {
        try judgeOrigin(of: claims)
        guard let expiry = claims.moment("exp") else { throw .expired }
        guard now < expiry.adding(limits.clockSkew) else { throw .expired }
        guard claims.moment("iat") != nil else { throw .malformedToken }
        guard claims.text("nonce") == nonce else { throw .wrongNonce }
        guard Self.isSubject(claims.text("sub")) else { throw .noSubject }
    }

    /// Judges a logout token's claims (OpenID Connect Back-Channel Logout 1.0, section 2.6). Providers from before the final text send
    /// no `exp`; then the token has to be fresh.
    func judge(logOutToken claims: TokenClaims) throws(ProviderFault) -> ProviderLogOut {
        try judgeOrigin(of: claims)
        guard let issuedAt = claims.moment("iat") else { throw .malformedToken }
        let end = claims.moment("exp") ?? issuedAt.adding(limits.logOutTokenAge)
        guard now < end.adding(limits.clockSkew) else { throw .expired }
        guard claims.object("events")?["http://schemas.openid.net/event/backchannel-logout"] != nil, !claims.has("nonce"),
            let tokenID = claims.text("jti"), !tokenID.isEmpty
        else { throw .noLogOut }
        let (subject, session) = (claims.text("sub"), claims.text("sid"))
        guard session != nil || Self.isSubject(subject) else { throw .noLogOut }
        return ProviderLogOut(
            identity: subject.map { SignOnIdentity(issuer: issuer, subject: $0) }, session: session, tokenID: tokenID,
            expiresAt: end.adding(limits.clockSkew))
    }

    private func judgeOrigin(of claims: TokenClaims) throws(ProviderFault) {
        guard claims.text("iss") == issuer else { throw .wrongIssuer }
        let audience = claims.texts("aud")
        guard audience.contains(clientID) else { throw .wrongAudience }
        let party = claims.text("azp")
        guard party == clientID || party == nil && audience.count == 1 else { throw .wrongAudience }
        for name in ["iat", "nbf"] {
            if let moment = claims.moment(name), now.adding(limits.clockSkew) < moment { throw .notYetValid }
        }
    }

    /// OpenID Connect Core 1.0, section 2: at most 255 ASCII characters.
    private static func isSubject(_ text: String?) -> Bool {
        guard let text else { return false }
        return (1...maximumSubjectBytes).contains(text.utf8.count)
    }
}

extension Data {
    /// Reads base64url without padding (RFC 7515, section 2).
    init?(base64URL text: some StringProtocol) {
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        self.init(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }
}
