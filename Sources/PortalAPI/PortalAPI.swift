import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// The Portal API, version 3: what developers' clients call at a portal's host.
///
/// The operations on developers answer under `/api/v2` too, as the older client expects.
public struct PortalAPI: Sendable {
    /// The versions under which the developers' operations answer.
    static let versions = ["v3", "v2"]

    let flows: AccountFlows
    let clock: any WallClock

    public init(flows: AccountFlows, clock: any WallClock) {
        self.flows = flows
        self.clock = clock
    }

    /// Adds every operation of the API to a group that turns errors into problems.
    public func addRoutes(to router: some RouterMethods<NodeRequestContext>) {
        router.path("/api/v3/openapi.yaml", [.get: document])
        router.path("/api/v3/portal", [.get: portalContext])
        addCatalogRoutes(to: router)
        for version in Self.versions {
            let developer = router.group("/api/\(version)/developer")
                .add(middleware: CrossSiteMiddleware(rule: CrossSiteRule(scheme: flows.links.scheme)))
            developer.path("", [.post: register])
            developer.path("verify-email", [.post: verifyEmail])
            developer.path("reset-password", [.post: resetPassword])
            developer.path("forgot-password", [.post: forgotPassword])
            developer.path("authenticate", [.post: authenticate])
            developer.path("authenticate/sso", [.get: beginSignOn])
            developer.path("authenticate/oidc-callback", [.get: completeSignOn])
            developer.path("authenticate/oidc-backchannel-logout", [.post: providerLogOut])
            developer.path("refresh", [.post: refresh])
            developer.path("logout", [.post: logOut])
            developer.path("me", [.get: me, .patch: rename, .delete: deleteAccount])
            developer.path("me/change-password", [.post: changePassword])
            developer.path("me/sessions", [.get: sessions, .delete: endAllSessions])
            developer.path("me/sessions/{sessionId}", [.delete: endSession])
            developer.path("me/export", [.get: export])
        }
    }

    private func addCatalogRoutes(to router: some RouterMethods<NodeRequestContext>) {
        router.path("/api/v3/search", [.get: search])
        router.path("/api/v3/api-attributes", [.get: listAPIAttributes])
        router.path("/api/v3/apis", [.get: listAPIs])
        let api = router.group("/api/v3/apis/{apiIdOrSlug}")
        api.path("", [.get: fetchAPI])
        api.path("actions", [.get: apiActions])
        api.path("documents", [.get: listAPIDocuments])
        api.path("specifications", [.get: listSpecifications])
        api.path("specifications/{specId}", [.get: fetchSpecification])
        api.path("specifications/{specId}/raw", [.get: rawSpecification])
        api.path("versions", [.get: listVersions])
        api.path("versions/{versionId}", [.get: fetchVersion])
        api.path("versions/{versionId}/raw", [.get: rawVersion])
    }
}
