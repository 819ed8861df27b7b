/// How often mails are tried, and how many at once.
public struct DeliveryPolicy: Hashable, Sendable {
    /// How many mails are under way at the same time; with SMTP, the most connections.
    public var concurrency = 4
    /// The wait after the first failed attempt; it doubles with each further one.
    public var firstDelay = Duration.seconds(5)
    /// The longest wait between two attempts of one mail.
    public var longestDelay = Duration.seconds(3600)
    /// The longest wait while the server takes no mail at all. Shorter, because a link that comes an hour after the server is
    /// back has expired.
    public var longestOutageDelay = Duration.seconds(300)
    /// A mail of this age that fails once more becomes a dead letter, if it was tried often enough.
    public var giveUpAfter = Duration.seconds(3 * 24 * 3600)
    /// The fewest attempts before that: a node that was off for days, or whose clock is ahead, must not give up at once.
    public var fewestAttempts = 10
    /// How long mails under way may take when the node stops.
    public var shutdownGrace = Duration.seconds(5)

    public init() {}

    /// The wait after so many failed attempts: exponential, a fifth more or less by chance, so that mails that failed
    /// together do not come back together.
    ///
    /// - Parameter attempts: at least 1.
    func delay(afterAttempts attempts: Int, upTo longest: Duration, using random: inout some RandomNumberGenerator) -> Duration {
        // The exponent is bounded so that the double stays finite.
        let doublings = Double(1 << min(max(attempts, 1) - 1, 30))
        return min(longest, firstDelay * doublings * Double.random(in: 0.8...1.2, using: &random))
    }
}
