/// A mail of the outbox as admins see it: never what it says, and never its link.
public struct QueuedMail: Hashable, Sendable {
    public let id: MailID
    /// nil for one whose text cannot be opened with the outbox key, and for one of a later version.
    public let kind: MailKind?
    /// nil for a mail of the console.
    public let portal: PortalID?
    /// Whose account it tells of; nil where it goes to nobody's, or the account is gone.
    public let developer: DeveloperID?
    /// nil where it cannot be opened, or where whoever looks may not see it.
    public var recipient: EmailAddress?
    /// When the link in it stops working; nil for a mail whose link does not expire.
    public let linkExpiresAt: Timestamp?
    public var stage: MailStage
    /// How often it was tried since it was written, or since somebody had it tried anew.
    public var attempts: Int
    /// Why the last attempt failed, without the address and the text; it stays when the mail is tried anew.
    public let problem: String?
    public let createdAt: Timestamp
    /// When it is tried next; nil for a dead letter.
    public var nextAttemptAt: Timestamp?
    /// Since when it is a dead letter.
    public var failedAt: Timestamp?

    public init(
        id: MailID, kind: MailKind?, portal: PortalID?, developer: DeveloperID?, recipient: EmailAddress?,
        linkExpiresAt: Timestamp?, stage: MailStage, attempts: Int, problem: String?, createdAt: Timestamp,
        nextAttemptAt: Timestamp?, failedAt: Timestamp?
    ) {
        self.id = id
        self.kind = kind
        self.portal = portal
        self.developer = developer
        self.recipient = recipient
        self.linkExpiresAt = linkExpiresAt
        self.stage = stage
        self.attempts = attempts
        self.problem = problem
        self.createdAt = createdAt
        self.nextAttemptAt = nextAttemptAt
        self.failedAt = failedAt
    }

    /// To whom it goes; as to an admin where nobody can tell, because that is shown to fewer.
    public var addressee: MailKind.Addressee { kind?.addressee ?? .admin }

    /// As an admin of this role may see it: the addresses of other admins are for those who manage them.
    func shown(to role: AdminRole) -> QueuedMail {
        guard addressee == .admin, !role.may(.manageAdmins) else { return self }
        var mail = self
        mail.recipient = nil
        return mail
    }
}

extension OutboxMail {
    /// When the link in it stops working; nil where it does not.
    public var linkExpiresAt: Timestamp? {
        switch message.content {
        case .verifyEmail(_, _, let minutes), .invited(_, _, let minutes), .resetPassword(_, _, let minutes),
            .consolePassword(_, let minutes):
            createdAt.adding(.seconds(minutes * 60))
        case .registrationStatus, .approved, .invitedToSignOn, .passwordChanged, .approvalRequested, .consoleChanged: nil
        }
    }
}

extension AuditEvent {
    /// Something that was done with a mail; with the developer, where the mail is the developer's.
    public init(
        _ action: Action, by actor: AuditActor, onMail id: MailID, of kind: MailKind?, portal: PortalID?, developer: DeveloperID?
    ) {
        self.init(
            action, by: actor, portal: portal, developer: kind?.addressee == .developer ? developer : nil,
            subject: id.description)
    }

    init(_ action: Action, by actor: AuditActor, on mail: QueuedMail) {
        self.init(action, by: actor, onMail: mail.id, of: mail.kind, portal: mail.portal, developer: mail.developer)
    }
}
