/// What stands in a mail's text as `{{name}}` until it is sent, by the contract's names (`EmailTemplateVariableName`).
///
/// The link of a mail is none of them: its button is always there, so no text can leave it out.
public enum MailVariable: String, Hashable, Sendable, CaseIterable {
    case portalDisplayName = "portal_display_name"
    case portalDomain = "portal_domain"
    case developerEmail = "developer_email"
    case developerFullName = "developer_fullname"
    case developerStatus = "developer_status"
    /// How long the link works; the contract has no word for it.
    case linkValidity = "link_validity"

    /// The mails in which it may stand. A mail to admins names developers in a place of its own, where the portal allows that.
    public var scope: [MailTemplateName] {
        switch self {
        case .portalDisplayName, .portalDomain: MailTemplateName.allCases
        case .developerEmail, .developerFullName: MailTemplateName.allCases.filter { $0 != .approvalRequested }
        case .developerStatus:
            [.accountAccessApproved, .accountAccessRejected, .accountAccessRevoked, .registrationPending, .registrationApproved]
        case .linkValidity: [.confirmEmailAddress, .resetPassword, .developerInvitation]
        }
    }
}
