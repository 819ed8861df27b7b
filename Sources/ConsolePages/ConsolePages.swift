import Accounts
import Crypto
import Geography
import HTTPConventions
import HTTPTypes
import Hummingbird
import Logging
import WebPages

/// The admins' pages of one geo: rendered on the server, working without scripts.
///
/// A page asks the same flows as the management API. To add one: a template and its name in ``ConsoleTemplate``, a route in
/// ``routes``, an entry in ``ConsoleArea`` or ``PortalArea``, and its texts in the five `…-console.yaml`.
public struct ConsolePages: Sendable {
    let flows: AccountFlows
    let renderer: PageRenderer
    let errorPages: ErrorPages
    private let entrance: any ConsoleEntrance
    private let formTokens: FormTokens

    /// - Parameters:
    ///   - flows: the accounts of this geo.
    ///   - entrance: tells who is logged in.
    ///   - formKey: signs what proves that a form came from these pages; as of the portals' pages.
    ///   - geoName: what people read: "Europe".
    /// - Throws: ``PageError`` where a template cannot be read.
    public init(
        flows: AccountFlows, entrance: any ConsoleEntrance, formKey: SymmetricKey, geoName: String, logger: Logger
    ) throws {
        self.flows = flows
        self.entrance = entrance
        formTokens = FormTokens(key: formKey)
        renderer = try PageRenderer(geoName: geoName)
        errorPages = ErrorPages(renderer: renderer, logger: logger)
    }

    /// Adds every page, and the page that says that there is none.
    public func addRoutes(to router: Router<NodeRequestContext>) {
        router.add(middleware: ConsoleFrame(errorPages: errorPages))
        let pages = router.group(context: ConsoleRequestContext.self).add(middleware: ConsoleLanguage())
        addAssets(to: pages)
        let guarded = pages.group()
            .add(middleware: CrossSiteGuard(rule: CrossSiteRule(scheme: flows.links.scheme)))
            .add(middleware: AdminGuard(entrance: entrance, formTokens: formTokens, errorPages: errorPages))
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            func operation(_ method: HTTPRequest.Method) -> ConsoleRoute.Page? {
                routes.first { $0.method == method }?.operation(checking: formTokens)
            }
            guarded.page(RouterPath(path), get: operation(.get), post: operation(.post), hasPagesBelow: true)
        }
    }

    /// Every page and every form behind the log-in.
    var routes: [ConsoleRoute] { portalRoutes + developerRoutes + lookRoutes }

    private var portalRoutes: [ConsoleRoute] {
        [
            .page("", .seePortals, portals),
            .page("audit", .readAuditLog, audit),
        ]
    }

    private var lookRoutes: [ConsoleRoute] {
        [
            .page("portals/{portal}/look", .seePortals, look),
            .form("portals/{portal}/look", .managePortals, changeLook),
            .page("portals/{portal}/look/{file}", .seePortals, lookFile),
            .page("portals/{portal}/mail-texts", .seePortals, mailTexts),
            .page("portals/{portal}/mail-texts/{template}", .seePortals, mailText),
            .form("portals/{portal}/mail-texts/{template}", .managePortals, changeMailText),
        ]
    }

    private var developerRoutes: [ConsoleRoute] {
        [
            .page("portals/{portal}/requests", .seeDevelopers, accessRequests),
            .form("portals/{portal}/requests", .decideAboutDevelopers, decideAboutRequests),
            .page("portals/{portal}/developers", .seeDevelopers, developers),
            .page("portals/{portal}/developers/invite", .decideAboutDevelopers, invitationForm),
            .form("portals/{portal}/developers/invite", .decideAboutDevelopers, invite),
            .page("portals/{portal}/developers/{developer}", .seeDevelopers, developer),
            .form("portals/{portal}/developers/{developer}", .decideAboutDevelopers, decideAboutDeveloper),
        ]
    }

    /// The portal that a path names.
    func portal(in context: ConsoleRequestContext) async throws -> Portal {
        guard let slug = context.parameters.get("portal").flatMap({ try? PortalSlug($0) }),
            let portal = try await flows.portals.portal(with: slug)
        else { throw AccountError.notFound("portal") }
        return portal
    }

    /// The id that a path names; what no geo minted names nothing here.
    func id<Entity>(_ name: String, of thing: String, in context: ConsoleRequestContext) throws -> EntityID<Entity> {
        guard let id = context.parameters.get(name).flatMap({ EntityID<Entity>($0) }) else { throw AccountError.notFound(thing) }
        return id
    }
}
