import Crypto
import Foundation

/// Who somebody is at a provider: the pair that is unique and never given to another (OpenID Connect Core 1.0, section 5.7).
///
/// A provider that was removed and set up again with the same issuer knows its people again; two issuers that use one subject mean two
/// people.
public struct SignOnIdentity: Hashable, Sendable {
    public let issuer: String
    public let subject: String

    public init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }

    /// What a store keeps instead of the subject (SHA-256 over both, each with its length).
    public var hash: TokenHash {
        let text = "\(issuer.utf8.count)\n\(issuer)\n\(subject)"
        return TokenHash(stored: Array(SHA256.hash(data: Data(text.utf8))))
    }
}

/// What a provider has told of somebody who logged in there, verified.
public struct ProvenIdentity: Hashable, Sendable {
    public let identity: SignOnIdentity
    public let email: String?
    /// What the provider says of the address; nil where it says nothing.
    public let isEmailVerified: Bool?
    public let name: String?
    public let groups: [String]
    /// The provider's own session, which a log-out there may name.
    public let providerSession: String?
    /// As it came; the provider wants to see it again at the log-out.
    public let idToken: String

    public init(
        identity: SignOnIdentity, email: String?, isEmailVerified: Bool? = nil, name: String? = nil, groups: [String] = [],
        providerSession: String? = nil, idToken: String = ""
    ) {
        self.identity = identity
        self.email = email
        self.isEmailVerified = isEmailVerified
        self.name = name
        self.groups = groups
        self.providerSession = providerSession
        self.idToken = idToken
    }
}

/// Through which provider a session was opened.
public struct SessionOrigin: Hashable, Sendable {
    public let provider: IdentityProviderID
    public let identity: TokenHash
    /// Of the provider's session, keyed by its issuer; nil where the provider named none.
    public let providerSession: TokenHash?
    public let idToken: SealedText

    public init(provider: IdentityProviderID, identity: TokenHash, providerSession: TokenHash?, idToken: SealedText) {
        self.provider = provider
        self.identity = identity
        self.providerSession = providerSession
        self.idToken = idToken
    }
}
