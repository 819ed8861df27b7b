import Accounts
import WebPages

/// What stands around every page: the geo, who is logged in, and the ways to other pages.
struct SiteView {
    /// The portal that a page is about.
    struct PortalHead {
        let name: String
        let areas: [NavigationEntry]
    }

    let geoName: String
    let baseStylesheet = PageAsset.baseStylesheet.path
    let stylesheet = ConsolePages.stylesheet.path
    let areas: [NavigationEntry]
    let portal: PortalHead?
    /// Who is logged in; nil for nobody.
    let admin: String?
    let role: String
    let formToken: String?
    let languages: [LanguageSwitch.Option]
    let hasLanguages: Bool

    init(_ context: ConsoleRequestContext, at place: ConsolePlace, geoName: String) {
        let book = context.book
        self.geoName = geoName
        areas = ConsoleArea.allCases.filter { context.may($0.permission) }.map { area in
            NavigationEntry(path: area.path, label: area.label(in: book), isCurrent: area == place.area)
        }
        if case .portal(let portal, let current) = place {
            self.portal = PortalHead(
                name: portal.displayName,
                areas: PortalArea.allCases.filter { context.may($0.permission) }.map { area in
                    NavigationEntry(path: area.path(at: portal), label: area.label(in: book), isCurrent: area == current)
                })
        } else {
            portal = nil
        }
        admin = context.admin?.email.value
        role = context.admin.map { $0.role.label(in: book) } ?? ""
        formToken = context.formToken
        languages = context.languages?.options ?? []
        hasLanguages = !languages.isEmpty
    }
}
