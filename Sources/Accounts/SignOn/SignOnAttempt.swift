/// A log-in through a provider that a browser has begun: what has to fit when it comes back. Kept until it is used, once, or too old.
public struct SignOnAttempt: Hashable, Sendable {
    /// Of the `state`.
    public let state: TokenHash
    /// Of the value that the browser keeps, so that no other browser can finish it.
    public let browser: TokenHash
    public let portal: PortalID
    public let provider: IdentityProviderID
    /// Nonce, code verifier and destination.
    public let sealed: SealedText
    public let expiresAt: Timestamp

    public init(
        state: TokenHash, browser: TokenHash, portal: PortalID, provider: IdentityProviderID, sealed: SealedText,
        expiresAt: Timestamp
    ) {
        self.state = state
        self.browser = browser
        self.portal = portal
        self.provider = provider
        self.sealed = sealed
        self.expiresAt = expiresAt
    }
}
