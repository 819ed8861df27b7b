/// A kind of mail whose texts a portal may choose, by the contract's names (`EmailTemplateName`) and, where it has none, by ours.
public enum MailTemplateName: String, Hashable, Sendable, CaseIterable {
    case confirmEmailAddress = "confirm-email-address"
    case resetPassword = "reset-password"
    case accountAccessApproved = "account-access-approved"
    /// To somebody who registers again after a rejection; so with a revocation below.
    case accountAccessRejected = "account-access-rejected"
    case accountAccessRevoked = "account-access-revoked"
    case developerInvitation = "developer-invitation"
    /// To somebody who registers again while the registration waits.
    case registrationPending = "registration-pending"
    /// To somebody who registers again and may log in.
    case registrationApproved = "registration-approved"
    case passwordChanged = "password-changed"
    /// To admins.
    case approvalRequested = "approval-requested"

    /// nil for a mail that comes from the console and from no portal.
    public init?(_ content: AccountMessage.Content) {
        switch content {
        case .verifyEmail: self = .confirmEmailAddress
        case .resetPassword: self = .resetPassword
        case .approved: self = .accountAccessApproved
        case .invited, .invitedToSignOn: self = .developerInvitation
        case .passwordChanged: self = .passwordChanged
        case .approvalRequested: self = .approvalRequested
        case .consolePassword, .consoleChanged: return nil
        case .registrationStatus(_, let status, _):
            switch status {
            case .pending: self = .registrationPending
            case .approved: self = .registrationApproved
            case .rejected: self = .accountAccessRejected
            case .revoked: self = .accountAccessRevoked
            }
        }
    }

    /// Whether a portal may do without these mails: those without which nobody gets in, or that are about safety, always go out.
    public var mayBeOff: Bool {
        switch self {
        case .confirmEmailAddress, .resetPassword, .developerInvitation, .passwordChanged: false
        case .accountAccessApproved, .accountAccessRejected, .accountAccessRevoked, .registrationPending, .registrationApproved,
            .approvalRequested:
            true
        }
    }

    /// What may stand in its texts.
    public var variables: [MailVariable] { MailVariable.allCases.filter { $0.scope.contains(self) } }

    /// What such a mail says, about nobody: for a preview and for a test.
    ///
    /// - Parameter link: where its button leads.
    public func sample(link: String) -> AccountMessage.Content {
        let name = "Jane Doe"
        return switch self {
        case .confirmEmailAddress: .verifyEmail(name: name, link: link, validMinutes: 24 * 60)
        case .resetPassword: .resetPassword(name: name, link: link, validMinutes: 60)
        case .accountAccessApproved: .approved(name: name, logInLink: link)
        case .accountAccessRejected: .registrationStatus(name: name, status: .rejected, logInLink: link)
        case .accountAccessRevoked: .registrationStatus(name: name, status: .revoked, logInLink: link)
        case .developerInvitation: .invited(name: name, link: link, validMinutes: 7 * 24 * 60)
        case .registrationPending: .registrationStatus(name: name, status: .pending, logInLink: link)
        case .registrationApproved: .registrationStatus(name: name, status: .approved, logInLink: link)
        case .passwordChanged: .passwordChanged(name: name, forgotPasswordLink: link)
        case .approvalRequested: .approvalRequested(developer: nil, consoleLink: link)
        }
    }
}
