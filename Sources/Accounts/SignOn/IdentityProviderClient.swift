/// What single sign-on needs of the world: asking providers, and judging what they say.
public protocol IdentityProviderClient: Sendable {
    /// Where the browser goes to log in.
    ///
    /// - Throws: ``SignOnError``.
    func address(for request: SignOnRequest, at provider: ProviderAccess) async throws -> String

    /// Redeems a code, and judges the tokens that come for it.
    ///
    /// - Throws: ``SignOnError``.
    func identity(for answer: SignOnAnswer, at provider: ProviderAccess) async throws -> ProvenIdentity

    /// Where the browser goes to log out at the provider as well; nil where the provider offers nothing, or cannot be asked.
    func logOutAddress(idToken: String, returningTo address: String, at provider: ProviderAccess) async -> String?

    /// Judges a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6).
    ///
    /// - Throws: ``SignOnError``.
    func logOut(_ token: String, at provider: ProviderAccess) async throws -> ProviderLogOut

    /// Tries everything that can be tried without somebody who logs in, step by step, and stops where a step fails.
    func examine(_ provider: ProviderAccess, returningTo address: String) async -> [ExaminedStep]
}

/// A provider with its secret in the clear, for one call.
public struct ProviderAccess: Sendable {
    public let provider: IdentityProvider
    public let secret: String

    public init(provider: IdentityProvider, secret: String) {
        self.provider = provider
        self.secret = secret
    }
}

/// What goes to the provider with the browser (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636).
public struct SignOnRequest: Sendable {
    public let redirectAddress: String
    public let state: String
    public let nonce: String
    public let codeVerifier: String

    public init(redirectAddress: String, state: String, nonce: String, codeVerifier: String) {
        self.redirectAddress = redirectAddress
        self.state = state
        self.nonce = nonce
        self.codeVerifier = codeVerifier
    }
}

/// What comes back with the browser, and what it has to fit.
public struct SignOnAnswer: Sendable {
    public let code: String
    /// The `iss` parameter (RFC 9207), where there is one.
    public let issuer: String?
    public let request: SignOnRequest

    public init(code: String, issuer: String?, request: SignOnRequest) {
        self.code = code
        self.issuer = issuer
        self.request = request
    }
}

/// Whose sessions end because of a logout token.
public struct ProviderLogOut: Hashable, Sendable {
    /// Nil where the token names only a session.
    public let identity: SignOnIdentity?
    /// Nil where the token means every session.
    public let session: String?
    /// Unique to the token, so that it works once.
    public let tokenID: String
    /// When the token is past its time in any case.
    public let expiresAt: Timestamp

    public init(identity: SignOnIdentity?, session: String?, tokenID: String, expiresAt: Timestamp) {
        self.identity = identity
        self.session = session
        self.tokenID = tokenID
        self.expiresAt = expiresAt
    }
}

/// One step of an examination of a provider's configuration.
public struct ExaminedStep: Hashable, Sendable {
    public enum Name: String, Hashable, Sendable, CaseIterable {
        case address, discovery, keys
        case logInPage = "log_in_page"
        case clientAuthentication = "client_authentication"
    }

    public let name: Name
    /// Nil where it went well.
    public let fault: ProviderFault?

    public init(_ name: Name, fault: ProviderFault? = nil) {
        self.name = name
        self.fault = fault
    }
}

/// For a geo without single sign-on: every provider is out of reach.
public struct NoIdentityProviders: IdentityProviderClient {
    public init() {}

    public func address(for request: SignOnRequest, at provider: ProviderAccess) async throws -> String {
        throw SignOnError.notOffered
    }

    public func identity(for answer: SignOnAnswer, at provider: ProviderAccess) async throws -> ProvenIdentity {
        throw SignOnError.notOffered
    }

    public func logOutAddress(idToken: String, returningTo address: String, at provider: ProviderAccess) async -> String? { nil }

    public func logOut(_ token: String, at provider: ProviderAccess) async throws -> ProviderLogOut {
        throw SignOnError.notOffered
    }

    public func examine(_ provider: ProviderAccess, returningTo address: String) async -> [ExaminedStep] {
        [ExaminedStep(.address, fault: .unreachable)]
    }
}
