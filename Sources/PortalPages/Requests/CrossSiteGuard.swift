import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

/// Refuses forms that a browser says come from another site. The form's token is the second line behind it.
///
/// The portal's own origin is the public scheme and the host that the request itself names, which the node has found to be this
/// portal's: a portal answers at its default host and at its custom domains, and a page of one of them posts to that one. A page
/// cannot forge the `Host` field of a browser. Portals of one geo are *same-site* to one another, so that is refused too.
struct CrossSiteGuard: RouterMiddleware {
    private static let ownSites: Set<String> = ["same-origin", "none"]
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    let links: PortalLinks

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, isForeign(request, at: context.portal) else { return try await next(request, context) }
        throw Problem(.forbidden, detail: "This form came from another site. Open the page of this portal and use its form.")
    }

    private func isForeign(_ request: Request, at portal: Portal) -> Bool {
        if let name = Self.fetchSite, let site = request.headers[name], !Self.ownSites.contains(site) { return true }
        // Under `Referrer-Policy: no-referrer` browsers send `null` for our own forms too (Fetch, "append a request Origin
        // header"), so it tells nothing.
        guard let origin = request.headers[.origin], origin != "null" else { return false }
        let scheme = links.home(of: portal).prefix { $0 != ":" }
        return origin.lowercased() != "\(scheme)://\((request.head.authority ?? "").lowercased())"
    }
}
