import HTTPConventions
import HTTPTypes
import Hummingbird

extension PortalPages {
    /// What the template of an account shows.
    private struct AccountView {
        let name: String
        let email: String
        let since: String
        let sinceDate: String
        let logOut: FormView
    }

    /// `GET /account`
    @Sendable func account(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard let developer = context.visitor.developer else {
            return .redirect(to: LocalPath("/account")?.logIn ?? "/login")
        }
        let (logOut, cookies) = formView(of: FormPage(.logOut), to: request, in: context)
        let view = AccountView(
            name: developer.fullName.value, email: developer.email.value, since: developer.createdAt.day,
            sinceDate: String(developer.createdAt.iso8601.prefix(10)),
            logOut: logOut)
        var response = try renderer.response(.account, title: "Your account", content: view, in: context)
        response.headers.append(contentsOf: cookies)
        return response
    }

    /// `GET /logout`: a page that asks, for those who typed the address.
    @Sendable func logOutForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        try show(FormPage(.logOut), to: request, in: context)
    }

    /// `POST /logout`: ends every session of the developer, and takes the cookies away.
    @Sendable func logOut(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        return try await submit(FormPage(.logOut), form, from: request, in: context) {
            try await flows.sessions.logOut(showing: SessionCookies.allTokens(in: request), at: context.portal)
            var response = Response.redirect(to: "/")
            for cookie in SessionCookies.clearing { response.headers.append(cookie) }
            return response
        }
    }
}
