import Accounts
import HTTPConventions
import Hummingbird

extension PortalDraft {
    /// Reads the contract's `CreatePortal` or `UpdatePortal`.
    init(_ request: Request, context: NodeRequestContext) async throws {
        var body = try await JSONBody(request, context: context)
        self.init(name: body.optionalString("name"))
        displayName = body.optionalString("display_name")
        switch body.nullableString("description") {
        case nil: description = nil
        case .some(nil): description = PortalDraft.Description.none
        case .some(let text?): description = .text(text)
        }
        authenticationEnabled = body.optionalBoolean("authentication_enabled")
        autoApproveDevelopers = body.optionalBoolean("auto_approve_developers")
        autoApproveApplications = body.optionalBoolean("auto_approve_applications")
        rbacEnabled = body.optionalBoolean("rbac_enabled")
        defaultAPIVisibility = body.optionalChoice("default_api_visibility", of: Visibility.self)
        defaultPageVisibility = body.optionalChoice("default_page_visibility", of: Visibility.self)
        adminMailsNameDevelopers = body.optionalBoolean("notifications_developer_pii_visibility_enabled")
        labels = body.optionalStringMap("labels")
        body.fixed("sipr_enabled", to: .boolean(false), reason: "must be false: this portal has no IP allow list")
        body.fixed(
            "default_application_auth_strategy_id", to: .null,
            reason: "must be null: this portal has no application auth strategies")
        for name in Self.readOnlyProperties { body.ignore(name) }
        try body.finish()
    }

    /// What a client may send back as it read it; the contract marks these as read-only.
    private static let readOnlyProperties = ["id", "canonical_domain", "default_domain", "created_at", "updated_at"]
}
