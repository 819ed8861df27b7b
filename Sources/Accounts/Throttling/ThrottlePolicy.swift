/// How wrong passwords slow further ones down.
public struct ThrottlePolicy: Hashable, Sendable {
    /// Wrong passwords for one address, or from one known device, that cost nothing.
    public var freeFailures = 10
    /// Wrong passwords from one client, for whatever addresses, that cost nothing: an office has one address for many people.
    public var freeFailuresOfClient = 100
    /// The wait after the first wrong password beyond the free ones; it doubles with each further one.
    public var firstDelay = Duration.seconds(1)
    /// The longest wait. Short enough for an owner, long enough for fewer than 100 guesses an hour (OWASP ASVS 2.2.1).
    public var longestDelay = Duration.seconds(900)
    /// After so long without a wrong password everything is forgiven.
    public var forgetAfter = Duration.seconds(3600)
    /// How many log-ins for one address may be under way at once.
    public var concurrent = 64

    public init() {}

    func delay(afterFailures failures: Int, free: Int) -> Duration {
        guard failures > free else { return .zero }
        return min(longestDelay, firstDelay * Double(1 << min(failures - free - 1, 30)))
    }
}
