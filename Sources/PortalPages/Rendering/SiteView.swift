import WebPages

/// What stands around every page of a portal: its name and look, and the ways to other pages.
struct SiteView {
    let portalName: String
    /// Where the accounts are kept, in a sentence.
    let kept: String
    /// Where a new account stays, in a sentence.
    let staying: String
    /// Who looks at a request for an account, in a sentence.
    let reviewing: String
    let stylesheet = PortalPages.stylesheet.path
    /// The portal's own colours; nil where it has the usual ones.
    let accentStylesheet: String?
    /// Where the logo is; nil where there is none.
    let logo: String?
    let icon: IconView
    /// What only pages with an API's document, or with a list in parts, load besides.
    let documentStylesheet: String?
    let documentScript: String?
    /// Somebody is not logged in and could be.
    let offersLogIn: Bool
    /// Somebody can have a password here.
    let offersPasswords: Bool
    /// Somebody can log in through the company's identity provider.
    let offersSignOn: Bool
    let isLoggedIn: Bool
    let hasMailbox: Bool
    let isCatalog: Bool
    let isAccount: Bool
    let isLogIn: Bool
    let isSignUp: Bool

    init(_ context: PageRequestContext, showing template: PageTemplate?, geoName: String, hasMailbox: Bool) {
        portalName = context.portal.displayName
        let look = context.portal.look
        accentStylesheet = look.accentStylesheet?.path
        logo = look.logo.map { "/assets/\($0.fileName(as: .logo))" }
        icon = IconView(look.favicon)
        let book = context.book
        kept = book.text("portal.layout.kept", ["geo": geoName])
        staying = book.text("portal.register.lead", ["geo": geoName])
        reviewing = book.text("portal.pending.lead", ["portal": portalName])
        self.hasMailbox = hasMailbox
        offersPasswords = context.portal.settings.offersPasswords
        offersSignOn = context.portal.settings.offersSignOn
        switch context.visitor {
        case .unknown: (offersLogIn, isLoggedIn) = (false, false)
        case .anonymous: (offersLogIn, isLoggedIn) = (context.accountsOffered, false)
        case .developer: (offersLogIn, isLoggedIn) = (false, true)
        }
        let showsDocument = template == .api || template == .part
        documentStylesheet = showsDocument || template == .catalog ? PortalPages.documentStylesheet.path : nil
        documentScript = showsDocument ? PortalPages.documentScript.path : nil
        isCatalog = template == .catalog
        isAccount = template == .account || template == .deletion
        isLogIn = template == .login
        isSignUp = template == .register
    }
}
