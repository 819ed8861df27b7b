import WebPages

/// What stands around every page: the portal, its geo, and the ways to other pages.
struct SiteView {
    let portalName: String
    let geoName: String
    let stylesheet = PortalPages.stylesheet.path
    /// Somebody is not logged in and could be.
    let offersLogIn: Bool
    let isLoggedIn: Bool
    let hasMailbox: Bool
    let isCatalog: Bool
    let isAccount: Bool
    let isLogIn: Bool
    let isSignUp: Bool
    let languages: [LanguageSwitch.Option]
    let hasLanguages: Bool

    init(_ context: PageRequestContext, showing template: PageTemplate, geoName: String, hasMailbox: Bool) {
        portalName = context.portal.displayName
        self.geoName = geoName
        self.hasMailbox = hasMailbox
        switch context.visitor {
        case .unknown: (offersLogIn, isLoggedIn) = (false, false)
        case .anonymous: (offersLogIn, isLoggedIn) = (context.accountsOffered, false)
        case .developer: (offersLogIn, isLoggedIn) = (false, true)
        }
        languages = context.languages?.options ?? []
        hasLanguages = !languages.isEmpty
        isCatalog = template == .catalog
        isAccount = template == .account || template == .deletion
        isLogIn = template == .login
        isSignUp = template == .register
    }
}
