import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

extension PortalAPI {
    /// `PATCH me`: 200 with the developer under the new name.
    @Sendable func rename(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        var body = try await JSONBody(request, context: context)
        let fullName = body.requiredString("full_name")
        try body.finish()
        return try .json(WireDeveloper(try await flows.ownAccount.rename(to: fullName, in: session)))
    }

    /// `DELETE me`: 204; the account is gone, and the cookies go.
    @Sendable func deleteAccount(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        var body = try await JSONBody(request, context: context)
        let password =
            session.developer.passwordHash == nil ? body.optionalString("password") ?? "" : body.requiredString("password")
        try body.finish()
        try await flows.ownAccount.delete(password: password, in: session)
        return .empty(.noContent, setting: SessionCookies.clearing)
    }

    /// `change-password`: 204; this session stays, every other one ends.
    @Sendable func changePassword(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        var body = try await JSONBody(request, context: context)
        let current = body.requiredString("current_password")
        let new = body.requiredString("new_password")
        try body.finish()
        try await flows.ownAccount.changePassword(from: current, to: new, in: session)
        return .empty(.noContent)
    }

    /// `GET me/sessions`: those that are open, newest first.
    @Sendable func sessions(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        let sessions = try await flows.ownAccount.sessions(in: session)
        return try .json(WireSessions(data: sessions.map { WireSession($0, current: session.id) }))
    }

    /// `DELETE me/sessions`: 204; logs out everywhere, and the cookies go.
    @Sendable func endAllSessions(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        try await flows.ownAccount.endAllSessions(in: session)
        return .empty(.noContent, setting: SessionCookies.clearing)
    }

    /// `DELETE me/sessions/{sessionId}`: 204; where it is the one that asks, the cookies go with it.
    @Sendable func endSession(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        guard let id = context.parameters.get("sessionId").flatMap({ SessionID($0) }) else {
            throw AccountError.notFound("session")
        }
        try await flows.ownAccount.end(id, in: session)
        return .empty(.noContent, setting: id == session.id ? SessionCookies.clearing : [])
    }

    /// `GET me/export`: everything that is kept about the developer, as a file.
    @Sendable func export(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let session = try await session(of: request, in: context)
        return try .file(try await flows.ownAccount.export(in: session), of: context.requirePortal(), in: session)
    }
}

private struct WireSessions: Encodable {
    let data: [WireSession]
}
