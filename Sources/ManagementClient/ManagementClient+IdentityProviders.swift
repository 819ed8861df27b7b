/// How developers log in to a portal: identity providers, and which methods are on.
extension ManagementClient {
    public func identityProviders(of portal: String) async throws -> [RemoteIdentityProvider] {
        try await get("/v3/portals/\(portal)/identity-providers")
    }

    public func createIdentityProvider(
        _ settings: IdentityProviderSettings, of portal: String
    ) async throws -> RemoteIdentityProvider {
        try await send(.POST, "/v3/portals/\(portal)/identity-providers", settings)
    }

    public func updateIdentityProvider(
        _ id: String, with settings: IdentityProviderSettings, of portal: String
    ) async throws -> RemoteIdentityProvider {
        var settings = settings
        settings.type = nil
        return try await send(.PATCH, "/v3/portals/\(portal)/identity-providers/\(id)", settings)
    }

    public func deleteIdentityProvider(_ id: String, of portal: String) async throws {
        _ = try await answer(.DELETE, "/v3/portals/\(portal)/identity-providers/\(id)")
    }

    /// Tries a provider's configuration.
    public func examineIdentityProvider(_ id: String, of portal: String) async throws -> RemoteExamination {
        try Self.decode(try await answer(.POST, "/v3/portals/\(portal)/identity-providers/\(id)/examination"))
    }

    /// Nil leaves a method as it is.
    public func switchLogIn(passwords: Bool?, singleSignOn: Bool?, of portal: String) async throws -> RemoteLogInMethods {
        struct Body: Encodable {
            let basicAuthEnabled: Bool?
            let oidcAuthEnabled: Bool?
        }
        return try await send(
            .PATCH, "/v3/portals/\(portal)/authentication-settings",
            Body(basicAuthEnabled: passwords, oidcAuthEnabled: singleSignOn))
    }
}

/// What a provider is set up with; nil leaves a field as it is.
public struct IdentityProviderSettings: Encodable, Sendable {
    struct Config: Encodable, Sendable {
        var issuerUrl: String?
        var clientId: String?
        var clientSecret: String?
        var clientAuthentication: String?
        var scopes: [String]?
        var claimMappings: [String: String]?
        var linksVerifiedAddresses: Bool?
    }

    var type: String? = "oidc"
    var enabled: Bool?
    var config = Config()

    /// - Parameter claims: by which names the provider tells `name`, `email` and `groups`.
    public init(
        issuer: String?, clientID: String?, secret: String?, authentication: String?, scopes: [String]?,
        claims: [String: String]?, linksVerifiedAddresses: Bool?, enabled: Bool?
    ) {
        self.enabled = enabled
        config = Config(
            issuerUrl: issuer, clientId: clientID, clientSecret: secret, clientAuthentication: authentication, scopes: scopes,
            claimMappings: claims, linksVerifiedAddresses: linksVerifiedAddresses)
    }
}

/// A provider as the management API tells of one.
public struct RemoteIdentityProvider: Decodable, Hashable, Sendable {
    public struct Config: Decodable, Hashable, Sendable {
        public let issuerUrl: String
        public let clientId: String
    }

    public let id: String
    public let enabled: Bool
    public let config: Config
}

/// What came of trying a configuration.
public struct RemoteExamination: Decodable, Hashable, Sendable {
    public struct Step: Decodable, Hashable, Sendable {
        public let name: String
        public let passed: Bool
        public let problem: String?
    }

    public let passed: Bool
    public let steps: [Step]
}

/// Which methods of log-in are on.
public struct RemoteLogInMethods: Decodable, Hashable, Sendable {
    public let basicAuthEnabled: Bool
    public let oidcAuthEnabled: Bool
}
