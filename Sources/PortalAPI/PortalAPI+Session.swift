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
            username: username, password: password, from: context.client(of: request), at: portal)
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

    /// `get-developer-me`.
    @Sendable func me(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        let developer = try await flows.sessions.developer(showing: SessionCookies.tokens(in: request).access, at: portal)
        return try .json(WireDeveloper(developer))
    }
}

/// The contract's `Developer`.
private struct WireDeveloper: Encodable {
    let id: String
    let email: String
    let fullName: String
    let createdAt: String
    let updatedAt: String

    init(_ developer: Developer) {
        id = developer.id.description
        email = developer.email.value
        fullName = developer.fullName.value
        createdAt = developer.createdAt.wire
        updatedAt = developer.updatedAt.wire
    }
}
