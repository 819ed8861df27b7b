import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

extension PortalAPI {
    /// `authenticate`: 204 with the session's cookies.
    @Sendable func authenticate(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var body = try await JSONBody(request, context: context)
        let username = body.requiredString("username")
        let password = body.requiredString("password")
        try body.finish()
        let outcome = try await flows.logIn.authenticate(
            username: username, password: password, from: Client(sending: request, from: context.clientAddress), at: portal)
        return .empty(.noContent, setting: SessionCookies.setting(outcome, now: clock.now))
    }

    /// `refresh`: 204 with new cookies; a refused refresh token takes the cookies away.
    @Sendable func refresh(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        do {
            let tokens = try await flows.sessions.refresh(showing: SessionCookies.tokens(in: request).refresh, at: portal)
            return .empty(.noContent, setting: SessionCookies.setting(tokens, now: clock.now))
        } catch AccountError.notAuthenticated {
            var response = Problem.unauthorized.response(requestID: context.requestID)
            for cookie in SessionCookies.clearing { response.headers.append(cookie) }
            return response
        }
    }

    /// `logout`: 204; every session of the developer ends, and the cookies go.
    @Sendable func logOut(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        try await flows.sessions.logOut(showing: SessionCookies.allTokens(in: request), at: portal)
        return .empty(.noContent, setting: SessionCookies.clearing)
    }

    /// The session whose access token a request shows.
    ///
    /// - Throws: ``AccountError/notAuthenticated``.
    func session(of request: Request, in context: NodeRequestContext) async throws -> OpenSession {
        try await flows.sessions.session(showing: SessionCookies.tokens(in: request).access, at: context.requirePortal())
    }

    /// `get-developer-me`.
    @Sendable func me(_ request: Request, context: NodeRequestContext) async throws -> Response {
        try .json(WireDeveloper(try await session(of: request, in: context).developer))
    }
}
