/// Something that an admin or an account did, before it has its place in the log.
///
/// It holds ids and words of this list only, so that the log can be kept when everything about a developer is deleted.
public struct AuditEvent: Hashable, Sendable {
    public enum Action: String, Hashable, Sendable, CaseIterable {
        case developerRegistered = "developer.registered"
        case developerRegisteredAgain = "developer.registered_again"
        case developerCreated = "developer.created"
        case developerInvited = "developer.invited"
        case emailVerified = "developer.email_verified"
        case passwordResetAsked = "developer.password_reset_asked"
        case passwordSet = "developer.password_set"
        case passwordChanged = "developer.password_changed"
        case loggedIn = "developer.logged_in"
        case logInRefused = "developer.log_in_refused"
        case loggedOut = "developer.logged_out"
        case sessionEnded = "developer.session_ended"
        case refreshTokenReused = "developer.refresh_token_reused"
        case renamed = "developer.renamed"
        case languageChosen = "developer.language_chosen"
        case dataExported = "developer.data_exported"
        case developerApproved = "developer.approved"
        case developerRejected = "developer.rejected"
        case developerRevoked = "developer.revoked"
        case developerDeleted = "developer.deleted"
        case developerPurged = "developer.purged"
        case signedUp = "developer.signed_up"
        case identityLinked = "developer.identity_linked"
        case loggedOutByProvider = "developer.logged_out_by_provider"
        case portalCreated = "portal.created"
        case portalUpdated = "portal.updated"
        case portalLookChanged = "portal.look_changed"
        case mailSenderChanged = "portal.mail_sender_changed"
        case mailSenderReset = "portal.mail_sender_reset"
        case portalDeleted = "portal.deleted"
        case logInMethodsChanged = "portal.log_in_methods_changed"
        case identityProviderCreated = "identity_provider.created"
        case identityProviderUpdated = "identity_provider.updated"
        case identityProviderDeleted = "identity_provider.deleted"
        case teamMappingsChanged = "identity_provider.team_mappings_changed"
        case mailTemplateChanged = "mail_template.changed"
        case mailTemplateReset = "mail_template.reset"
        case mailTemplateTested = "mail_template.tested"
        case mailRetried = "mail.retried"
        case mailDiscarded = "mail.discarded"
        case apiCreated = "api.created"
        case apiUpdated = "api.updated"
        case apiDeleted = "api.deleted"
        case apiDocumentSet = "api.document_set"
        case apiDocumentDeleted = "api.document_deleted"
        case apiPublished = "api.published"
        case apiVisibilityChanged = "api.visibility_changed"
        case apiUnpublished = "api.unpublished"
        case adminCreated = "admin.created"
        case adminRoleChanged = "admin.role_changed"
        case adminDeleted = "admin.deleted"
        case adminTokenCreated = "admin_token.created"
        case adminTokenRevoked = "admin_token.revoked"
        case adminLinkMade = "admin.link_made"
        case adminLinkAsked = "admin.link_asked"
        case adminPasswordSet = "admin.password_set"
        case adminSecondFactorSet = "admin.second_factor_set"
        case adminSecondFactorReset = "admin.second_factor_reset"
        case adminRecoveryCodesMade = "admin.recovery_codes_made"
        case adminRecoveryCodeUsed = "admin.recovery_code_used"
        case adminLoggedIn = "admin.logged_in"
        case adminLogInRefused = "admin.log_in_refused"
        case adminLoggedOut = "admin.logged_out"
        case auditExported = "audit_log.exported"
        case storeRestored = "store.restored"
    }

    public let action: Action
    public let actor: AuditActor
    public let portal: PortalID?
    public let developer: DeveloperID?
    /// The id of another thing that it is about: an admin, a token, an API, a session.
    public let subject: String?
    /// A developer's status before and after, where it changed.
    public let from: DeveloperStatus?
    public let to: DeveloperStatus?

    public init(
        _ action: Action, by actor: AuditActor, portal: PortalID? = nil, developer: DeveloperID? = nil, subject: String? = nil,
        from: DeveloperStatus? = nil, to: DeveloperStatus? = nil
    ) {
        self.action = action
        self.actor = actor
        self.portal = portal
        self.developer = developer
        self.subject = subject
        self.from = from
        self.to = to
    }

    /// Something that is about one developer.
    public init(
        _ action: Action, by actor: AuditActor, on developer: Developer, subject: String? = nil, from: DeveloperStatus? = nil
    ) {
        self.init(
            action, by: actor, portal: developer.portal, developer: developer.id, subject: subject, from: from,
            to: from == nil || from == developer.status ? nil : developer.status)
    }

    /// Something that a developer did with its own account.
    public init(_ action: Action, ofOwn developer: Developer, subject: String? = nil) {
        self.init(action, by: .developer(developer.id), on: developer, subject: subject)
    }
}
