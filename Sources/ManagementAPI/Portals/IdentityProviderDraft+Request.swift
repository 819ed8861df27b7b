import Accounts
import HTTPConventions
import Hummingbird

extension IdentityProviderDraft {
    /// Reads the contract's `PortalCreateIdentityProvider` or `PortalUpdateIdentityProvider`.
    init(_ request: Request, context: NodeRequestContext, isNew: Bool) async throws {
        self.init()
        var body = try await JSONBody(request, context: context)
        isEnabled = body.optionalBoolean("enabled")
        let type = body.optionalChoice("type", of: ProviderType.self)
        var draft = self
        let config: Void? = body.optionalObject("config") { config in
            draft.issuer = config.optionalString("issuer_url")
            draft.clientID = config.optionalString("client_id")
            draft.secret = config.optionalString("client_secret")
            draft.scopes = config.optionalStrings("scopes")
            draft.authentication = config.optionalChoice("client_authentication", of: ClientAuthentication.self)
            draft.linksVerifiedAddresses = config.optionalBoolean("links_verified_addresses")
            draft.readClaims(of: &config)
            config.ignore("has_client_secret")
        }
        self = draft
        for name in ["id", "created_at", "updated_at"] { body.ignore(name) }
        if isNew {
            _ = try body.finish(requiring: type, named: "type")
            guard config != nil else { throw Problem.invalid([.required("config")]) }
        } else {
            try body.finish()
        }
    }

    /// Reads what `claim_mappings` is in the contract.
    mutating func readClaims(of config: inout JSONBody, named name: String = "claim_mappings") {
        var draft = self
        let _: Void? = config.optionalObject(name) { claims in
            draft.nameClaim = claims.optionalString("name")
            draft.emailClaim = claims.optionalString("email")
            draft.groupsClaim = claims.optionalString("groups")
        }
        self = draft
    }

    private enum ProviderType: String, CaseIterable { case oidc }
}
