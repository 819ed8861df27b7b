import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// `GET /login/sso`: to the identity provider, at once.
    @Sendable func beginSignOn(_ request: Request, context: PageRequestContext) async throws -> Response {
        let (portal, asked) = (context.portal, FormFields(queryOf: request)["returnTo"])
        if context.visitor.developer != nil { return .redirect(to: LocalPath(asked)?.value ?? "/") }
        if let home = flows.links.canonicalHome(of: portal, forRequestTo: request.head.authority) {
            return .redirect(to: home + request.uri.string, type: .found)
        }
        let destination = LocalPath(asked).map { flows.links.home(of: portal) + $0.value } ?? asked
        let departure = try await flows.signOn.begin(
            to: destination, from: SessionCookies.signOn(in: request), at: portal)
        var response = Response.redirect(to: departure.address, type: .found)
        response.headers.append(SessionCookies.leaving(departure))
        return response
    }

    /// Whether a browser comes back from a provider: with a code, or with an error (OpenID Connect Core 1.0, section 3.1.2.6).
    static func isFromProvider(_ query: FormFields) -> Bool { !query["code"].isEmpty || !query["error"].isEmpty }

    /// `GET /login` with what a provider sends: the person is logged in and goes on, or reads why not.
    ///
    /// The page ends the log-in itself instead of sending the browser on to `oidc-callback`, so that the code stands in no second address,
    /// and whoever is refused sees a page.
    func completeSignOn(_ request: Request, context: PageRequestContext) async throws -> Response {
        do {
            let outcome = try await flows.signOn.complete(
                SignOn.Arrival(request), from: Client(sending: request, from: context.clientAddress), at: context.portal)
            var response = Response.redirect(to: outcome.address, type: .found)
            for cookie in SessionCookies.setting(outcome, now: clock.now) { response.headers.append(cookie) }
            return response
        } catch AccountError.invalidCredentials {
            let message = errorPages.message(answering: AccountError.invalidCredentials, in: context)
            return try show(FormPage(.logIn), refused: message, to: request, in: context)
        }
    }

    /// What somebody sees who has logged out here and goes on to log out at the identity provider.
    ///
    /// A page that leads on, not a redirection: browsers hold the redirections after a form to the policy for forms, which allows this
    /// portal alone (CSP, `form-action`).
    func departurePage(to address: String, in context: PageRequestContext) throws -> Response {
        struct Departure {
            let address: String
        }
        var response = try renderer.response(
            .departure, title: context.book["portal.signOn.loggedOut"], content: Departure(address: address),
            in: context.anonymous)
        if let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "0; url=\(address)" }
        for cookie in SessionCookies.clearing { response.headers.append(cookie) }
        return response
    }
}

extension LocalPath {
    /// The log-in through an identity provider that leads here afterwards.
    var signOn: String { "/login/sso?returnTo=\(encoded)" }
}
