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
    let renderer: PageRenderer<ConsoleSite>
    let errorPages: ErrorPages<ConsoleSite>
    let formTokens: FormTokens
    let clock: any WallClock

    /// - Parameters:
    ///   - flows: the accounts of this geo.
    ///   - formKey: signs what proves that a form came from these pages; as of the portals' pages.
    ///   - geoName: what people read: "Europe".
    /// - Throws: ``PageError`` where a template cannot be read.
    public init(
        flows: AccountFlows, formKey: SymmetricKey, geoName: String, clock: any WallClock, logger: Logger
    ) throws {
        self.flows = flows
        self.clock = clock
        formTokens = FormTokens(key: formKey)
        renderer = try PageRenderer(ConsoleSite(geoName: geoName))
        errorPages = ErrorPages(renderer: renderer, logger: logger)
    }

    /// Adds every page, and the page that says that there is none.
    public func addRoutes(to router: Router<NodeRequestContext>) {
        router.add(middleware: ConsoleFrame(errorPages: errorPages))
        let pages = router.group(context: ConsoleRequestContext.self).add(middleware: PageLanguage())
        addAssets(to: pages)
        addEntry(to: pages)
        let guarded = pages.group()
            .add(middleware: CrossSiteGuard(rule: CrossSiteRule(scheme: flows.links.scheme)))
            .add(middleware: AdminGuard(access: flows.console, formTokens: formTokens, errorPages: errorPages))
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            func operation(_ method: HTTPRequest.Method) -> ConsoleRoute.Page? {
                routes.first { $0.method == method }?
                    .operation(of: flows.console, checking: formTokens, uploadLimit: uploadLimit)
            }
            guarded.page(RouterPath(path), get: operation(.get), post: operation(.post), hasPagesBelow: true)
        }
    }

    /// The most bytes of a form with a document in it: chosen and pasted, and its other fields.
    private var uploadLimit: Int { 2 * flows.catalog.maximumDocumentBytes }

    /// Every page and every form behind the log-in.
    var routes: [ConsoleRoute] { ownRoutes + portalRoutes + signOnRoutes + lookRoutes + catalogRoutes + adminRoutes }

    private var ownRoutes: [ConsoleRoute] {
        [
            .page("account", .everyAdmin, account),
            .form("account/password", .everyAdmin, changePassword),
            .form("account/codes", .everyAdmin, renewCodes),
            .form("account/sessions", .everyAdmin, endSessions),
            .form("logout", .everyAdmin, logOut),
            .page("confirm-password", .everyAdmin, passwordConfirmation),
            .form("confirm-password", .everyAdmin, confirmPassword),
        ]
    }

    private var lookRoutes: [ConsoleRoute] {
        [
            .page("portals/{portal}/look", .may(.seePortals), look),
            .form("portals/{portal}/look", .may(.managePortals), changeLook),
            .page("portals/{portal}/look/{file}", .may(.seePortals), lookFile),
            .page("portals/{portal}/mail-texts", .may(.seePortals), mailTexts),
            .page("portals/{portal}/mail-texts/{template}", .may(.seePortals), mailText),
            .form("portals/{portal}/mail-texts/{template}", .may(.managePortals), changeMailText),
        ]
    }

    private var portalRoutes: [ConsoleRoute] {
        [
            .page("", .may(.seePortals), portals),
            .page("portals/{portal}/requests", .may(.seeDevelopers), accessRequests),
            .form("portals/{portal}/requests", .may(.decideAboutDevelopers), decideAboutRequests),
            .page("portals/{portal}/developers", .may(.seeDevelopers), developers),
            .page("portals/{portal}/developers/invite", .may(.decideAboutDevelopers), invitationForm),
            .form("portals/{portal}/developers/invite", .may(.decideAboutDevelopers), invite),
            .page("portals/{portal}/developers/{developer}", .may(.seeDevelopers), developer),
            .form("portals/{portal}/developers/{developer}", .may(.decideAboutDevelopers), decideAboutDeveloper),
            .page("portals/{portal}/settings", .may(.seePortals), settings),
            .form("portals/{portal}/settings", .may(.managePortals), saveSettings),
        ]
    }

    private var signOnRoutes: [ConsoleRoute] {
        [
            .page("portals/{portal}/log-in", .may(.seePortals), signOn),
            .form("portals/{portal}/log-in", .may(.managePortals), switchMethods),
            .page("portals/{portal}/log-in/new", .may(.managePortals), newIdentityProvider),
            .form("portals/{portal}/log-in/new", .may(.managePortals), createIdentityProvider),
            .page("portals/{portal}/log-in/{provider}", .may(.seePortals), identityProvider),
            .form("portals/{portal}/log-in/{provider}", .may(.managePortals), changeIdentityProvider),
        ]
    }

    private var catalogRoutes: [ConsoleRoute] {
        [
            .page("apis", .may(.seePortals), apis),
            .page("apis/new", .may(.managePortals), newAPIForm),
            .upload("apis/new", .may(.managePortals), createAPI),
            .page("apis/{api}", .may(.seePortals), api),
            .upload("apis/{api}", .may(.managePortals), changeAPI),
            .form("apis/{api}/publications", .may(.managePortals), publishAPI),
            .form("apis/{api}/delete", .may(.managePortals), deleteAPI),
        ]
    }

    private var adminRoutes: [ConsoleRoute] {
        [
            .page("audit", .may(.readAuditLog), audit),
            .page("admins", .mayAfterPassword(.manageAdmins), admins),
            .form("admins", .mayAfterPassword(.manageAdmins), createAdmin),
            .page("admins/{admin}", .mayAfterPassword(.manageAdmins), admin),
            .form("admins/{admin}", .mayAfterPassword(.manageAdmins), changeAdmin),
            .form("admins/{admin}/tokens", .mayAfterPassword(.manageAdmins), changeTokens),
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
