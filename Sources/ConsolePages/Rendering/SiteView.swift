import Accounts
import WebPages

/// What stands around every page of the console: who is logged in, and the ways to other pages.
struct SiteView {
    /// The portal that a page is about.
    struct PortalHead {
        let name: String
        let areas: [NavigationEntry]
    }

    let stylesheet = ConsolePages.stylesheet.path
    let areas: [NavigationEntry]
    let portal: PortalHead?
    /// Who is logged in; nil for nobody.
    let admin: String?
    let role: String
    let formToken: String?

    init(_ context: ConsoleRequestContext, at place: ConsolePlace) {
        let book = context.book
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
    }
}
