/// What a list of portals can be filtered and sorted by, in the contract's words (`PortalFilterParameters`, `SortPortals`).
public enum PortalAttribute: String, Hashable, Sendable, CaseIterable {
    case id
    case name
    case description
    case authenticationEnabled = "authentication_enabled"
    case rbacEnabled = "rbac_enabled"
    case defaultAPIVisibility = "default_api_visibility"
    case defaultPageVisibility = "default_page_visibility"
    case defaultApplicationAuthStrategyID = "default_application_auth_strategy_id"
    case autoApproveDevelopers = "auto_approve_developers"
    case autoApproveApplications = "auto_approve_applications"
    case defaultDomain = "default_domain"
    case canonicalDomain = "canonical_domain"
    case createdAt = "created_at"
    case updatedAt = "updated_at"

    /// The attribute's value in a form that compares as it should be sorted, texts in lower case; nil where the portal has none.
    func value(of portal: Portal, links: PortalLinks) -> String? {
        switch self {
        case .id: portal.id.description
        case .name: FullName.key(of: portal.name)
        case .description: portal.description.map(FullName.key(of:))
        case .authenticationEnabled: String(portal.settings.authenticationEnabled)
        case .rbacEnabled: String(portal.settings.rbacEnabled)
        case .defaultAPIVisibility: portal.settings.defaultAPIVisibility.rawValue
        case .defaultPageVisibility: portal.settings.defaultPageVisibility.rawValue
        case .defaultApplicationAuthStrategyID: nil
        case .autoApproveDevelopers: String(portal.settings.autoApproveDevelopers)
        case .autoApproveApplications: String(portal.settings.autoApproveApplications)
        case .defaultDomain: links.defaultHost(of: portal)
        case .canonicalDomain: links.canonicalHost(of: portal)
        case .createdAt: portal.createdAt.iso8601
        case .updatedAt: portal.updatedAt.iso8601
        }
    }
}
