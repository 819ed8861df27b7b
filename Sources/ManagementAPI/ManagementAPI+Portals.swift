import Accounts
import HTTPConventions
import Hummingbird

extension ManagementAPI {
    /// `list-portals`.
    @Sendable func listPortals(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let page = try PageQuery(request).page
        let portals = try await flows.portals.portals(page: page)
        return try .json(WirePage(portals.elements.map { WirePortal($0, links: flows.links) }, page: page, total: portals.total))
    }

    /// `create-portal`.
    @Sendable func createPortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let draft = try await PortalDraft(request, context: context)
        let portal = try await flows.portals.create(draft, by: context.actor)
        return try .json(WirePortal(portal, links: flows.links), status: .created)
    }

    /// `get-portal`.
    @Sendable func getPortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WirePortal(try await portal(in: context), links: flows.links))
    }

    /// `update-portal`.
    @Sendable func updatePortal(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let draft = try await PortalDraft(request, context: context)
        let portal = try await flows.portals.update(id("portalId", of: "portal", in: context), with: draft, by: context.actor)
        return try .json(WirePortal(portal, links: flows.links))
    }
}

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

/// The contract's `Portal`.
struct WirePortal: Encodable {
    let id: String
    let name: String
    let displayName: String
    @Nullable var description: String?
    let authenticationEnabled: Bool
    let rbacEnabled: Bool
    let siprEnabled = false
    let defaultApiVisibility: String
    let defaultPageVisibility: String
    @Nullable var defaultApplicationAuthStrategyId: String?
    let autoApproveApplications: Bool
    let autoApproveDevelopers: Bool
    let notificationsDeveloperPiiVisibilityEnabled: Bool
    let defaultDomain: String
    let canonicalDomain: String
    let labels: [String: String]
    let createdAt: String
    let updatedAt: String

    init(_ portal: Portal, links: PortalLinks) {
        id = portal.id.description
        name = portal.name
        displayName = portal.displayName
        description = portal.description
        authenticationEnabled = portal.settings.authenticationEnabled
        rbacEnabled = portal.settings.rbacEnabled
        defaultApiVisibility = portal.settings.defaultAPIVisibility.rawValue
        defaultPageVisibility = portal.settings.defaultPageVisibility.rawValue
        autoApproveApplications = portal.settings.autoApproveApplications
        autoApproveDevelopers = portal.settings.autoApproveDevelopers
        notificationsDeveloperPiiVisibilityEnabled = portal.settings.adminMailsNameDevelopers
        defaultDomain = links.defaultHost(of: portal)
        canonicalDomain = links.canonicalHost(of: portal)
        labels = portal.labels
        createdAt = portal.createdAt.wire
        updatedAt = portal.updatedAt.wire
    }
}
