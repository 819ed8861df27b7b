import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `get-portal-authentication-settings`.
    @Sendable func getAuthenticationSettings(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireAuthenticationSettings(try await portal(in: context)))
    }

    /// `update-portal-authentication-settings`: the password is the one method that there is, so it stays as it is.
    @Sendable func updateAuthenticationSettings(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        var body = try await JSONBody(request, context: context)
        let wantsPasswords = body.optionalBoolean("basic_auth_enabled")
        for (name, what) in Self.missingMethods {
            body.fixed(name, to: .boolean(false), reason: "must be false: this portal has no \(what)")
        }
        for name in Self.providerProperties {
            body.refuse(name, reason: "must be left out: this portal has no log-in through an identity provider")
        }
        try body.finish()
        switch (wantsPasswords, portal.settings.authenticationEnabled) {
        case (true, false):
            throw AccountError.conflict(
                "This portal does not let developers have accounts. Set its authentication_enabled to true instead.")
        case (false, true):
            throw AccountError.conflict(
                "No other method of log-in is set up. To let nobody log in, set the portal's authentication_enabled to false.")
        default: return try .json(WireAuthenticationSettings(portal))
        }
    }

    private static let missingMethods: KeyValuePairs = [
        "oidc_auth_enabled": "log-in through OpenID Connect", "saml_auth_enabled": "log-in through SAML",
        "oidc_team_mapping_enabled": "teams", "idp_mapping_enabled": "teams", "konnect_mapping_enabled": "teams",
    ]

    private static let providerProperties = [
        "oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_scopes", "oidc_claim_mappings",
    ]
}

/// The contract's `PortalAuthenticationSettingsResponse`.
private struct WireAuthenticationSettings: Encodable {
    let basicAuthEnabled: Bool
    let oidcAuthEnabled = false
    let samlAuthEnabled = false
    let oidcTeamMappingEnabled = false
    let idpMappingEnabled = false
    let konnectMappingEnabled = false

    init(_ portal: Portal) { basicAuthEnabled = portal.settings.authenticationEnabled }
}
