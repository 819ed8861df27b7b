import Accounts
import Crypto
import Foundation
import Logging

/// The relying party: asks OpenID providers, and believes nothing that it has not verified.
///
/// ```swift
/// let providers = OpenIDConnect(http: ProviderHTTP(rules: AddressRules(), limits: ProviderLimits()), clock: SystemClock(), logger: logger)
/// let flows = AccountFlows(…, providers: providers)
/// ```
/// Logs name what is wrong with a provider, never anything of a person or a token.
public struct OpenIDConnect: IdentityProviderClient {
    let http: ProviderHTTP
    private let directory: ProviderDirectory
    let clock: any WallClock
    private let logger: Logger

    public init(http: ProviderHTTP, clock: any WallClock, logger: Logger) {
        self.http = http
        self.clock = clock
        self.logger = logger
        directory = ProviderDirectory(http: http, clock: clock)
    }

    public func address(for request: SignOnRequest, at access: ProviderAccess) async throws -> String {
        try await naming(access) {
            let endpoint = try await directory.provider(access.provider.issuer).metadata.authorizationEndpoint
            return try Self.logInAddress(endpoint, request, at: access, rules: http.rules)
        }
    }

    public func identity(for answer: SignOnAnswer, at access: ProviderAccess) async throws -> ProvenIdentity {
        try await naming(access) {
            let (metadata, keys) = try await directory.provider(access.provider.issuer)
            try Self.judge(issuer: answer.issuer, by: metadata)
            let tokens = try await tokens(for: answer, at: access, metadata)
            let claims = try await claims(of: tokens.idToken, keys: keys, issuer: metadata.issuer, sentBy: .provider)
            try verification(at: access).judge(idToken: claims, nonce: answer.request.nonce)
            let person = try await person(claims, tokens: tokens, keys: keys, at: access, metadata)
            return Self.identity(person: person, claims: claims, idToken: tokens.idToken, at: access.provider)
        }
    }

    public func logOutAddress(idToken: String, returningTo address: String, at access: ProviderAccess) async -> String? {
        guard let metadata = try? await directory.provider(access.provider.issuer).metadata,
            let endpoint = metadata.endSessionEndpoint, let target = try? ProviderAddress(endpoint, rules: http.rules)
        else { return nil }
        // OpenID Connect RP-Initiated Logout 1.0, section 2. Some providers lead back only where there is a state; it says nothing here.
        let usual: KeyValuePairs = [
            "client_id": access.provider.clientID, "post_logout_redirect_uri": address, "state": SignOn.logOutState,
        ]
        let hint: KeyValuePairs = idToken.utf8.count <= Self.longestHint ? ["id_token_hint": idToken] : [:]
        return target.adding(FormText(usual).text + (hint.isEmpty ? "" : "&" + FormText(hint).text))
    }

    /// Servers take addresses of about 8 KiB. A longer token is left out; then a provider may ask whether to log out.
    static let longestHint = 4096

    public func logOut(_ token: String, at access: ProviderAccess) async throws -> ProviderLogOut {
        try await naming(access) {
            let (metadata, keys) = try await directory.provider(access.provider.issuer)
            let claims = try await claims(of: token, keys: keys, issuer: metadata.issuer, sentBy: .anybody)
            return try verification(at: access).judge(logOutToken: claims)
        }
    }

    // MARK: Steps

    static func logInAddress(
        _ endpoint: String, _ request: SignOnRequest, at access: ProviderAccess, rules: AddressRules
    ) throws(ProviderFault) -> String {
        let challenge = Data(SHA256.hash(data: Data(request.codeVerifier.utf8))).base64URLText
        return try ProviderAddress(endpoint, rules: rules).adding([
            "response_type": "code", "client_id": access.provider.clientID, "redirect_uri": request.redirectAddress,
            "scope": access.provider.scopes.joined(separator: " "), "state": request.state, "nonce": request.nonce,
            "code_challenge": challenge, "code_challenge_method": "S256",
        ])
    }

    private struct Tokens: Decodable {
        let idToken: String
        let accessToken: String?
    }

    private struct Refusal: Decodable {
        let error: String
    }

    private func tokens(
        for answer: SignOnAnswer, at access: ProviderAccess, _ metadata: ProviderMetadata
    ) async throws -> Tokens {
        let request = try await TokenRequest(
            code: answer.code, request: answer.request, at: access, endpoint: metadata.tokenEndpoint, now: clock.now)
        let response = try await http.post(metadata.tokenEndpoint, form: request.form, authorization: request.authorization)
        guard response.status == 200 else { throw Self.refusal(response) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let tokens = try? decoder.decode(Tokens.self, from: Data(response.body)) else { throw ProviderFault.unreadable }
        return tokens
    }

    static func refusal(_ response: ProviderHTTP.Answer) -> ProviderFault {
        let error = (try? JSONDecoder().decode(Refusal.self, from: Data(response.body)))?.error
        switch (response.status, error) {
        case (_, "invalid_client"), (_, "unauthorized_client"), (_, "access_denied"), (401, _): return .clientRefused
        case (500..., _): return .failed
        case (400..<500, _?): return .codeRefused
        default: return .failed
        }
    }

    /// Of a token with a right signature; where no key fits, the set is read once more, because providers change theirs, with or without
    /// giving the new one another id.
    private func claims(
        of token: String, keys: ProviderKeys, issuer: String, sentBy sender: ProviderDirectory.TokenSender
    ) async throws -> TokenClaims {
        do {
            return try await TokenVerification.claims(of: token, signedBy: keys)
        } catch {
            let mayBeNewer = error == .unknownKey || error == .wrongSignature
            guard mayBeNewer, let newer = try await directory.newerKeys(of: issuer, becauseOf: sender) else { throw error }
            return try await TokenVerification.claims(of: token, signedBy: newer)
        }
    }

    /// The ID token's claims, with what only the userinfo endpoint tells.
    private func person(
        _ claims: TokenClaims, tokens: Tokens, keys: ProviderKeys, at access: ProviderAccess, _ metadata: ProviderMetadata
    ) async throws -> TokenClaims {
        let names = access.provider.claims
        let isWhole = [names.email, names.name, names.groups, "email_verified"].allSatisfy { claims.mapped($0) != nil }
        guard !isWhole, let endpoint = metadata.userinfoEndpoint, let bearer = tokens.accessToken else { return claims }
        do {
            let answer = try await http.get(endpoint, bearer: bearer)
            guard answer.status == 200 else { throw ProviderFault.failed }
            let told = try await userinfo(answer.body, keys: keys, at: access, metadata)
            // OpenID Connect Core 1.0, section 5.3.2.
            guard told.text("sub") == claims.text("sub") else { throw ProviderFault.otherSubject }
            return claims.completed(by: told, address: names.email)
        } catch let fault as ProviderFault where fault != .otherSubject && claims.mapped(names.email) != nil {
            // The token has what is needed.
            return claims
        }
    }

    /// JSON, or a signed token where the client is registered for one (OpenID Connect Core 1.0, section 5.3.2).
    private func userinfo(
        _ body: [UInt8], keys: ProviderKeys, at access: ProviderAccess, _ metadata: ProviderMetadata
    ) async throws -> TokenClaims {
        if let told = try? JSONDecoder().decode(TokenClaims.self, from: Data(body)) { return told }
        let token = String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard token.split(separator: ".", omittingEmptySubsequences: false).count == 3 else { throw ProviderFault.unreadable }
        let told = try await claims(of: token, keys: keys, issuer: metadata.issuer, sentBy: .provider)
        if let issuer = told.text("iss"), issuer != metadata.issuer { throw ProviderFault.wrongIssuer }
        if told.has("aud"), !told.texts("aud").contains(access.provider.clientID) { throw ProviderFault.wrongAudience }
        return told
    }

    private static func judge(issuer: String?, by metadata: ProviderMetadata) throws(ProviderFault) {
        if let issuer {
            guard issuer == metadata.issuer else { throw .wrongIssuer }
        } else {
            guard metadata.authorizationResponseIssParameterSupported != true else { throw .wrongIssuer }
        }
    }

    /// The most groups that are kept, and how long the name of one may be.
    static let mostGroups = 200
    static let maximumGroupLength = 250

    private static func identity(
        person: TokenClaims, claims: TokenClaims, idToken: String, at provider: IdentityProvider
    ) -> ProvenIdentity {
        let groups = (person.mapped(provider.claims.groups)?.names ?? []).filter { group in
            (1...maximumGroupLength).contains(group.count) && !group.contains(where: \.isNewline)
        }
        return ProvenIdentity(
            identity: SignOnIdentity(issuer: provider.issuer, subject: claims.text("sub") ?? ""),
            email: person.mapped(provider.claims.email)?.text, isEmailVerified: person.truth("email_verified"),
            name: person.mapped(provider.claims.name)?.text, groups: Array(groups.prefix(mostGroups)),
            providerSession: claims.text("sid"), idToken: idToken)
    }

    private func verification(at access: ProviderAccess) -> TokenVerification {
        TokenVerification(
            issuer: access.provider.issuer, clientID: access.provider.clientID, limits: http.limits, now: clock.now)
    }

    /// Does something with a provider; a fault is logged with the provider's id and becomes the domain's error.
    private func naming<Value>(_ access: ProviderAccess, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let fault as ProviderFault {
            logger.warning(
                "an identity provider failed", metadata: ["provider": "\(access.provider.id)", "fault": "\(fault.rawValue)"])
            throw fault.isOutage ? SignOnError.providerUnavailable(fault) : SignOnError.providerUntrusted(fault)
        }
    }
}

extension ProviderFault {
    /// Whether trying again later may help.
    fileprivate var isOutage: Bool {
        [.unresolvable, .unreachable, .tooSlow, .redirected, .failed, .tooLarge, .addressNotAllowed].contains(self)
    }
}

extension Data {
    var base64URLText: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
