import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `get-portal-authentication-settings`.
    @Sendable func getAuthenticationSettings(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(try await authenticationSettings(of: portal(in: context)))
    }

    /// `update-portal-authentication-settings`: which methods are on; the last one stays. What concerns a provider is set at the provider.
    @Sendable func updateAuthenticationSettings(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        var body = try await JSONBody(request, context: context)
        let passwords = body.optionalBoolean("basic_auth_enabled")
        let signOn = body.optionalBoolean("oidc_auth_enabled")
        for (name, what) in Self.missingMethods {
            body.fixed(name, to: .boolean(false), reason: "must be false: this portal has no \(what)")
        }
        for name in Self.providerProperties {
            body.refuse(name, reason: "must be left out: set it at the portal's identity provider")
        }
        body.ignore("oidc_config")
        try body.finish()
        guard portal.settings.authenticationEnabled else {
            guard passwords != true, signOn != true else {
                throw AccountError.conflict(
                    "This portal does not let developers have accounts. Set its authentication_enabled to true first.")
            }
            // Every method is off already, and comes back as it was.
            return try .json(try await authenticationSettings(of: portal))
        }
        let changed = try await flows.identityProviders.switchMethods(
            passwords: passwords, singleSignOn: signOn, of: portal, by: context.actor)
        return try .json(try await authenticationSettings(of: changed))
    }

    private func authenticationSettings(of portal: Portal) async throws -> WireAuthenticationSettings {
        let providers = try await flows.identityProviders.providers(of: portal)
        return WireAuthenticationSettings(portal, provider: providers.first { $0.id == portal.settings.identityProvider })
    }

    private static let missingMethods: KeyValuePairs = [
        "saml_auth_enabled": "log-in through SAML", "oidc_team_mapping_enabled": "teams", "idp_mapping_enabled": "teams",
        "konnect_mapping_enabled": "teams",
    ]

    private static let providerProperties = [
        "oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_scopes", "oidc_claim_mappings",
    ]
}

/// The contract's `PortalAuthenticationSettingsResponse`.
private struct WireAuthenticationSettings: Encodable {
    struct Provider: Encodable {
        let issuer: String
        let clientId: String
        let scopes: [String]
        let claimMappings: ClaimMappings
    }

    let basicAuthEnabled: Bool
    let oidcAuthEnabled: Bool
    let samlAuthEnabled = false
    let oidcTeamMappingEnabled = false
    let idpMappingEnabled = false
    let konnectMappingEnabled = false
    /// Left out where no provider is on.
    let oidcConfig: Provider?

    init(_ portal: Portal, provider: IdentityProvider?) {
        basicAuthEnabled = portal.settings.offersPasswords
        oidcAuthEnabled = portal.settings.offersSignOn
        oidcConfig = provider.map {
            Provider(issuer: $0.issuer, clientId: $0.clientID, scopes: $0.scopes, claimMappings: $0.claims)
        }
    }
}
