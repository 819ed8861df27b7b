import Accounts
import WebPages

/// An identity provider as its form has it. Fields are named as in the management API, by which refusals name them.
struct IdentityProviderForm {
    static let issuerField = "config.issuer_url"
    static let clientField = "config.client_id"
    static let secretField = "config.client_secret"
    static let keyField = "private_key"
    static let authenticationField = "config.client_authentication"
    static let scopesField = "config.scopes"
    static let nameField = "config.claim_mappings.name"
    static let emailField = "config.claim_mappings.email"
    static let groupsField = "config.claim_mappings.groups"
    static let linksField = "config.links_verified_addresses"
    static let enabledField = "enabled"

    let issuer: String
    let client: String
    /// Empty where the kept one stays; never shown.
    let secret: String
    let authentication: ClientAuthentication
    let scopes: String
    let claims: ClaimMappings
    let linksVerifiedAddresses: Bool
    let isEnabled: Bool

    /// An empty form, with what providers usually want.
    init() {
        issuer = ""
        client = ""
        secret = ""
        authentication = .basic
        scopes = IdentityProvider.standardScopes.joined(separator: " ")
        claims = ClaimMappings()
        linksVerifiedAddresses = false
        isEnabled = false
    }

    init(_ provider: IdentityProvider, of portal: Portal) {
        issuer = provider.issuer
        client = provider.clientID
        secret = ""
        authentication = provider.authentication
        scopes = provider.scopes.joined(separator: " ")
        claims = provider.claims
        linksVerifiedAddresses = provider.linksVerifiedAddresses
        isEnabled = portal.settings.identityProvider == provider.id
    }

    /// A private key stands in a field of several lines, because a field of one line loses its line breaks.
    init(_ form: FormFields) throws {
        guard let authentication = ClientAuthentication(rawValue: form[Self.authenticationField]) else {
            throw ConsoleRefusal.unknownStep
        }
        issuer = form[Self.issuerField]
        client = form[Self.clientField]
        secret = form[Self.keyField].isEmpty ? form[Self.secretField] : form[Self.keyField]
        self.authentication = authentication
        scopes = form[Self.scopesField]
        claims = ClaimMappings(name: form[Self.nameField], email: form[Self.emailField], groups: form[Self.groupsField])
        linksVerifiedAddresses = form[Self.linksField] == "on"
        isEnabled = form[Self.enabledField] == "on"
    }

    var draft: IdentityProviderDraft {
        var draft = IdentityProviderDraft()
        draft.issuer = issuer
        draft.clientID = client
        draft.secret = secret.isEmpty ? nil : secret
        draft.authentication = authentication
        draft.scopes = scopes.split(whereSeparator: \.isWhitespace).map(String.init)
        draft.nameClaim = claims.name
        draft.emailClaim = claims.email
        draft.groupsClaim = claims.groups
        draft.linksVerifiedAddresses = linksVerifiedAddresses
        draft.isEnabled = isEnabled
        return draft
    }
}
