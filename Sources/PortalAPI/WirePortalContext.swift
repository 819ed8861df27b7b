import Accounts

/// The contract's `PortalContext`.
struct WirePortalContext: Encodable {
    let portalId: String
    let orgId: String
    let name: String
    let canonicalDomain: String
    let authenticationEnabled: Bool
    let basicAuthEnabled: Bool
    let oidcAuthEnabled: Bool
    let samlAuthEnabled = false
    let rbacEnabled: Bool

    init(_ portal: Portal, links: PortalLinks, organization: Organization) {
        portalId = portal.id.description
        orgId = organization.id
        name = portal.displayName
        canonicalDomain = links.canonicalHost(of: portal)
        authenticationEnabled = portal.settings.authenticationEnabled
        basicAuthEnabled = portal.settings.offersPasswords
        oidcAuthEnabled = portal.settings.offersSignOn
        rbacEnabled = portal.settings.rbacEnabled
    }
}
