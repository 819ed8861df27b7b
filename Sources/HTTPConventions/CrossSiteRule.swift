import HTTPTypes
import Hummingbird

/// Tells whether a browser says that a request comes from another site than the host that it asks.
///
/// The own origin is the public scheme and the host that the request itself names, which the node has found to be the portal's:
/// a portal answers at its default host and at its custom domains, and a page of one of them asks that one. A page cannot forge
/// the `Host` field of a browser. Portals are *same-site* to one another, and no more trusted for it. Clients that are no browsers
/// send neither field.
public struct CrossSiteRule: Sendable {
    private static let ownSites: Set<String> = ["same-origin", "none"]
    /// Those that change nothing (RFC 9110, section 9.2.1).
    private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options, .trace]
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    private let scheme: String

    /// - Parameter scheme: by which people reach the portal, `https` or `http`.
    public init(scheme: String) { self.scheme = scheme }

    /// Whether a request would change something and comes from another site: it would act with the cookies of whoever looks at
    /// that site's page.
    public func refuses(_ request: Request) -> Bool { !Self.safeMethods.contains(request.method) && isForeign(request) }

    public func isForeign(_ request: Request) -> Bool {
        if let name = Self.fetchSite, let site = request.headers[name], !Self.ownSites.contains(site) { return true }
        // Under `Referrer-Policy: no-referrer` browsers send `null` for our own forms too (Fetch, "append a request Origin
        // header"), so it tells nothing.
        guard let origin = request.headers[.origin], origin != "null" else { return false }
        return origin.lowercased() != "\(scheme)://\((request.head.authority ?? "").lowercased())"
    }
}
