import Languages

/// One mail that has to go out: to whom, and what it says.
public struct OutboxMail: Hashable, Sendable {
    public let id: MailID
    public let recipient: EmailAddress
    public let message: AccountMessage
    public let createdAt: Timestamp
    /// How often it was tried already.
    public let attempts: Int

    public init(id: MailID, recipient: EmailAddress, message: AccountMessage, createdAt: Timestamp, attempts: Int = 0) {
        self.id = id
        self.recipient = recipient
        self.message = message
        self.createdAt = createdAt
        self.attempts = attempts
    }
}

/// What an account mail says; how it says it is the `Mail` module's.
public struct AccountMessage: Hashable, Sendable, Codable {
    public enum Content: Hashable, Sendable, Codable {
        /// "Verify your address": the link opens a page with a button.
        case verifyEmail(name: String, link: String, validMinutes: Int)
        /// "Your registration is …": the answer to signing up twice.
        case registrationStatus(name: String, status: DeveloperStatus, logInLink: String)
        /// "You are approved".
        case approved(name: String, logInLink: String)
        /// "You are invited": the link sets the first password.
        case invited(name: String, link: String, validMinutes: Int)
        /// "You are invited", where developers log in through an identity provider only: the link leads there.
        case invitedToSignOn(name: String, link: String)
        /// "Reset your password".
        case resetPassword(name: String, link: String, validMinutes: Int)
        /// "Your password was changed".
        case passwordChanged(name: String, forgotPasswordLink: String)
        /// "A developer waits for approval", to admins; who it is only where the portal allows that.
        case approvalRequested(developer: Applicant?, consoleLink: String)
        /// "Choose your password for the console", to an admin.
        case consolePassword(link: String, validMinutes: Int)
        /// "Your log-in to the console was changed": the password, or the second factor, to an admin.
        case consoleChanged(ConsoleChangeTold, consoleLink: String)
    }

    /// What a mail tells an admin about the own log-in.
    public enum ConsoleChangeTold: String, Hashable, Sendable, Codable, CaseIterable {
        case password
        case secondFactorRemoved
    }

    /// A developer as a mail to admins names it.
    public struct Applicant: Hashable, Sendable, Codable {
        public let name: String
        public let email: String

        public init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    /// Whose mail it is; nil in mails that were written before portals had looks.
    public let portal: PortalID?
    /// The portal's display name.
    public let portalName: String
    /// The portal's address, without a trailing slash.
    public let portalLink: String
    public let content: Content
    /// The reader's; nil where it is not known, and in mails that were written before languages were.
    public let language: Language?
    /// A text that somebody tries out, in the place of the portal's; nil in every other mail.
    public let trial: MailText?

    public init(
        portal: PortalID? = nil, portalName: String, portalLink: String, content: Content, language: Language? = nil,
        trial: MailText? = nil
    ) {
        self.portal = portal
        self.trial = trial
        self.portalName = portalName
        self.portalLink = portalLink
        self.content = content
        self.language = language
    }
}
