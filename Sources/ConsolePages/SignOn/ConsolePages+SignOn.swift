import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// How developers get into a portal: by password, through an identity provider, or both.
extension ConsolePages {
    /// `GET /portals/{portal}/log-in`
    @Sendable func signOn(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let notice: String? =
            switch FormFields(queryOf: request)["done"] {
            case "methods": context.book["console.signOn.saved"]
            case "removed": context.book["console.signOn.removed"]
            default: nil
            }
        return try await showSignOn(portal(in: context), notice: notice, in: context)
    }

    /// `POST /portals/{portal}/log-in`: the methods. The last one stays on.
    @Sendable func switchMethods(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response
    {
        let portal = try await portal(in: context)
        let methods = LogInMethods(passwords: form["passwords"] == "on", singleSignOn: form["single_sign_on"] == "on")
        let hasProvider = try await !flows.identityProviders.providers(of: portal).isEmpty
        let conflict =
            methods.singleSignOn && !hasProvider ? "console.signOn.noProvider" : "console.signOn.lastMethod"
        return try await submit(conflict: conflict, in: context) {
            _ = try await flows.identityProviders.switchMethods(
                passwords: methods.passwords, singleSignOn: methods.singleSignOn, of: portal, by: context.actor)
            return .redirect(to: "\(PortalArea.logIn.path(at: portal))?done=methods")
        } again: { message in
            try await showSignOn(portal, typed: methods, refused: message, in: context)
        }
    }

    private func showSignOn(
        _ portal: Portal, typed: LogInMethods? = nil, notice: String? = nil, refused message: PageMessage? = nil,
        in context: ConsoleRequestContext
    ) async throws -> Response {
        let view = SignOnView(
            typed ?? LogInMethods(portal), providers: try await flows.identityProviders.providers(of: portal), at: portal,
            links: flows.links, notice: notice, refused: message, in: context)
        return try renderer.response(
            .signOn, title: view.title, content: view, at: .portal(portal, .logIn), in: context, status: message?.status ?? .ok)
    }
}
