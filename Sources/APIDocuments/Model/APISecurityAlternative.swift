/// What is asked for together; with nothing in it, a call needs nothing.
public struct APISecurityAlternative: Sendable, Equatable {
    public struct Requirement: Sendable, Equatable {
        public let scheme: APISecurityScheme
        /// Scopes of OAuth 2.0, or roles.
        public let scopes: [String]
    }

    public let requirements: [Requirement]
}
