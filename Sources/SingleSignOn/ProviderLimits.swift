import Accounts

/// What a provider may take of this node, and how far its word is believed.
public struct ProviderLimits: Hashable, Sendable {
    /// How long one question to a provider may take, with everything.
    public var timeout = Duration.seconds(10)
    /// How long one of several addresses may take to be connected to before the next is tried.
    public var connectTimeout = Duration.seconds(3)
    /// The most addresses of a host that are tried.
    public var triedAddresses = 4
    /// The largest answer, in bytes.
    public var answerBytes = 256 * 1024
    /// How long metadata and keys are good without asking again.
    public var metadataLifetime = Duration.seconds(3600)
    /// How much longer old ones serve while the provider does not answer.
    public var metadataGrace = Duration.seconds(24 * 3600)
    /// Keys are fetched at most so often because an ID token has an unknown one. Such tokens come from the provider itself, so that this
    /// only keeps a provider that publishes no right key from being asked twice for each log-in of many.
    public var keyRefetchInterval = Duration.seconds(1)
    /// Keys are fetched at most so often because a logout token has an unknown one; anybody may send those.
    public var logOutKeyRefetchInterval = Duration.seconds(30)
    /// How far apart the provider's clock and ours may be.
    public var clockSkew = Duration.seconds(60)
    /// How old a logout token without an end may be.
    public var logOutTokenAge = Duration.seconds(300)

    public init() {}
}
