import Accounts
import HTTPConventions

/// The contract's `PortalIdentityProvider`, without what it has for SAML.
struct WireIdentityProvider: Encodable {
    static let type = "oidc"

    struct Config: Encodable {
        let issuerUrl: String
        let clientId: String
        let scopes: [String]
        let claimMappings: ClaimMappings
        /// Beyond the contract: how the client proves who it is, whether it has a secret, and what becomes of accounts with passwords.
        let clientAuthentication: String
        let hasClientSecret: Bool
        let linksVerifiedAddresses: Bool
    }

    let id: String
    let type = Self.type
    let enabled: Bool
    let config: Config
    let createdAt: String
    let updatedAt: String

    init(_ provider: IdentityProvider, of portal: Portal) {
        id = provider.id.description
        enabled = portal.settings.identityProvider == provider.id
        config = Config(
            issuerUrl: provider.issuer, clientId: provider.clientID, scopes: provider.scopes, claimMappings: provider.claims,
            clientAuthentication: provider.authentication.rawValue, hasClientSecret: provider.secret != nil,
            linksVerifiedAddresses: provider.linksVerifiedAddresses)
        createdAt = provider.createdAt.wire
        updatedAt = provider.updatedAt.wire
    }
}

/// What came of trying a configuration.
struct WireExamination: Encodable {
    struct Step: Encodable {
        let name: String
        let passed: Bool
        /// What is wrong, as a phrase about the provider.
        @Nullable var problem: String?
    }

    let passed: Bool
    let steps: [Step]

    init(_ steps: [ExaminedStep]) {
        passed = steps.allSatisfy { $0.fault == nil }
        self.steps = steps.map { Step(name: $0.name.rawValue, passed: $0.fault == nil, problem: $0.fault?.rawValue) }
    }
}
