/// The times that the account flows keep; the defaults are the product's rules.
public struct AccountPolicy: Hashable, Sendable {
    /// How long the link in a verification mail is good.
    public var verificationLifetime: Duration = .seconds(24 * 3600)
    /// How long the token that follows a verified address sets a password.
    public var passwordCreationLifetime: Duration = .seconds(3600)
    /// How long the link in a reset mail is good.
    public var passwordResetLifetime: Duration = .seconds(3600)
    /// How long the link in an invitation is good.
    public var invitationLifetime: Duration = .seconds(7 * 24 * 3600)
    /// At most so many links are mailed to one address in an hour, whoever asks for them.
    public var linksPerHour = 5
    /// At most one mail about a registration's status goes to an address in this time.
    public var statusMailInterval: Duration = .seconds(600)
    /// Registering and forgetting a password answer at whole intervals of this length, whatever they found.
    public var answerInterval: Duration = .milliseconds(20)
    public var sessions = SessionLifetimes()
    public var throttle = ThrottlePolicy()
    public var console = ConsolePolicy()
    /// The largest OpenAPI document that is taken into the catalog, in bytes.
    public var documentBytes = Specification.maximumBytes

    /// Where portals may have addresses of their own in their mails.
    public var mailSenderDomains = MailSenderDomains()

    public init() {}
}
