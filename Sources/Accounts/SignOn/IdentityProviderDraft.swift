/// The fields of an identity provider that an admin sends; nil leaves a field as it is.
public struct IdentityProviderDraft: Hashable, Sendable {
    public var issuer: String?
    public var clientID: String?
    /// A secret, or a private key in PEM form. Never told again.
    public var secret: String?
    public var authentication: ClientAuthentication?
    public var scopes: [String]?
    public var nameClaim: String?
    public var emailClaim: String?
    public var groupsClaim: String?
    public var linksVerifiedAddresses: Bool?
    /// Whether it is the portal's provider.
    public var isEnabled: Bool?

    public init() {}

    /// - Throws: ``AccountError/invalidFields(_:)``, by the names that the contract gives the fields.
    func check() throws {
        var errors: [FieldError] = []
        if let issuer { errors += Self.issuerErrors(issuer) }
        let lines = [
            (clientID, "config.client_id"), (nameClaim, "config.claim_mappings.name"),
            (emailClaim, "config.claim_mappings.email"),
            (groupsClaim, "config.claim_mappings.groups"),
        ]
        for (text, field) in lines {
            if let text { errors += FieldError.ofLine(text, field, maximum: IdentityProvider.maximumTextLength) }
        }
        if let secret { errors += FieldError.ofText(secret, "config.client_secret", maximum: Self.maximumSecretLength) }
        if let scopes { errors += Self.scopeErrors(scopes) }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }

    func apply(to provider: inout IdentityProvider, sealing: SignOnSealing) throws {
        provider.issuer = issuer ?? provider.issuer
        provider.clientID = clientID ?? provider.clientID
        provider.authentication = authentication ?? provider.authentication
        provider.scopes = scopes ?? provider.scopes
        provider.claims.name = nameClaim ?? provider.claims.name
        provider.claims.email = emailClaim ?? provider.claims.email
        provider.claims.groups = groupsClaim ?? provider.claims.groups
        provider.linksVerifiedAddresses = linksVerifiedAddresses ?? provider.linksVerifiedAddresses
        if let secret { provider.secret = try sealing.seal(secret, for: provider.secretPlace) }
    }

    /// An RSA key of 8192 bits in PEM form fits.
    static let maximumSecretLength = 8192

    /// An https address without query and fragment (OpenID Connect Discovery 1.0, section 3); plain http is judged where providers are
    /// asked, because only the operator may allow it.
    private static func issuerErrors(_ text: String) -> [FieldError] {
        let field = "config.issuer_url"
        if text.unicodeScalars.count > IdentityProvider.maximumTextLength {
            return [.tooLong(field, maximum: IdentityProvider.maximumTextLength)]
        }
        let isAddress =
            (text.hasPrefix("https://") || text.hasPrefix("http://")) && !text.hasSuffix("://")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !text.contains { "?#@\\\"<>".contains($0) }
        return isAddress ? [] : [.invalid(field, "must be an https address without query and fragment")]
    }

    private static func scopeErrors(_ scopes: [String]) -> [FieldError] {
        let field = "config.scopes"
        guard scopes.count <= IdentityProvider.maximumScopes else {
            return [.invalid(field, "must have at most \(IdentityProvider.maximumScopes) elements")]
        }
        // RFC 6749, section 3.3.
        let areTokens = scopes.allSatisfy { scope in
            (1...IdentityProvider.maximumTextLength).contains(scope.utf8.count)
                && scope.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        }
        guard areTokens else { return [.invalid(field, "must be scopes as RFC 6749 has them, in section 3.3")] }
        return scopes.contains("openid") ? [] : [.invalid(field, "must contain openid")]
    }
}

extension IdentityProvider {
    var secretPlace: String { "secret of \(id)" }

    /// - Throws: ``StoreError/corrupt(_:)`` where the secret was not sealed by this geo.
    func access(by sealing: SignOnSealing) throws -> ProviderAccess {
        ProviderAccess(provider: self, secret: try secret.map { try sealing.open($0, for: secretPlace) } ?? "")
    }
}
