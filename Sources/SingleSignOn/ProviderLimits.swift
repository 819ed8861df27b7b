import Accounts

/// What a provider may take of this node, and how far its word is believed.
public struct ProviderLimits: Hashable, Sendable {
    /// How long one question to a provider may take, with everything.
    public var timeout = Duration.seconds(10)
    /// The largest answer, in bytes.
    public var answerBytes = 256 * 1024
    /// How long metadata and keys are good without asking again.
    public var metadataLifetime = Duration.seconds(3600)
    /// How much longer old ones serve while the provider does not answer.
    public var metadataGrace = Duration.seconds(24 * 3600)
    /// Keys are fetched at most so often because of a token with an unknown one.
    public var keyRefetchInterval = Duration.seconds(30)
    /// How far apart the provider's clock and ours may be.
    public var clockSkew = Duration.seconds(60)
    /// How old a logout token without an end may be.
    public var logOutTokenAge = Duration.seconds(300)

    public init() {}
}
