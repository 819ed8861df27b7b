/// A company's own log-in service, as a portal knows it: an OpenID provider (OpenID Connect Core 1.0).
public struct IdentityProvider: Hashable, Sendable {
    public static let maximumTextLength = 1000
    public static let maximumScopes = 20

    public let id: IdentityProviderID
    public let portal: PortalID
    /// Who the provider says it is, letter by letter; its metadata are found below it (OpenID Connect Discovery 1.0, section 4).
    public var issuer: String
    public var clientID: String
    /// What proves that it is this portal that asks, encrypted; nil where none was given yet.
    public var secret: SealedText?
    public var authentication: ClientAuthentication
    public var scopes: [String]
    public var claims: ClaimMappings
    /// Whether somebody whose address the provider has verified gets into an account with a password that has the same address.
    public var linksVerifiedAddresses: Bool
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: IdentityProviderID, portal: PortalID, issuer: String, clientID: String, secret: SealedText? = nil,
        authentication: ClientAuthentication = .basic, scopes: [String] = IdentityProvider.standardScopes,
        claims: ClaimMappings = ClaimMappings(), linksVerifiedAddresses: Bool = false, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.portal = portal
        self.issuer = issuer
        self.clientID = clientID
        self.secret = secret
        self.authentication = authentication
        self.scopes = scopes
        self.claims = claims
        self.linksVerifiedAddresses = linksVerifiedAddresses
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    public static let standardScopes = ["email", "openid", "profile"]
}

/// How the portal proves to the provider's token endpoint who it is (OpenID Connect Core 1.0, section 9).
public enum ClientAuthentication: String, Hashable, Sendable, Codable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
    /// The secret is a private key in PEM form: RSA, P-256 or Ed25519.
    case privateKey = "private_key_jwt"
}

/// Under which names the provider tells what.
public struct ClaimMappings: Hashable, Sendable, Codable {
    public var name: String
    public var email: String
    public var groups: String

    public init(name: String = "name", email: String = "email", groups: String = "groups") {
        self.name = name
        self.email = email
        self.groups = groups
    }
}

/// A text that a store keeps encrypted (``SignOnSealing``).
public struct SealedText: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}
