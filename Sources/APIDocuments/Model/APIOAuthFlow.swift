/// One way to a token of OAuth 2.0.
public struct APIOAuthFlow: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case implicit, password, clientCredentials, authorizationCode
    }

    public struct Scope: Sendable, Equatable {
        public let name: String
        public let description: String
    }

    public let kind: Kind
    public let authorizationURL: WebAddress?
    public let tokenURL: WebAddress?
    public let refreshURL: WebAddress?
    public let scopes: [Scope]
}
