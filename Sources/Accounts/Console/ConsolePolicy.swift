/// The times and rules of the console's log-in; the defaults are the product's.
public struct ConsolePolicy: Hashable, Sendable {
    /// Whether nobody gets in without a second factor.
    public var requiresSecondFactor = true
    /// A session that does nothing for so long has ended (OWASP ASVS 3.3.2, level 2: 30 minutes).
    public var idleTime = Duration.seconds(30 * 60)
    /// After so long a session has ended, whatever it did (OWASP ASVS 3.3.2, level 2: 12 hours).
    public var sessionTime = Duration.seconds(12 * 3600)
    /// For so long after the password was typed, admins, tokens and second factors may be changed.
    public var recentPassword = Duration.seconds(10 * 60)
    /// How long the link that sets a password is good.
    public var linkLifetime = Duration.seconds(24 * 3600)
    /// How long the second factor may take after the password.
    public var ticketLifetime = Duration.seconds(10 * 60)

    public init() {}
}
