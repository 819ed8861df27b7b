import Accounts
import HTTPConventions

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
