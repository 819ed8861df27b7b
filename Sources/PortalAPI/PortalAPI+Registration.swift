import Accounts
import HTTPConventions
import Hummingbird

extension PortalAPI {
    /// `register`: 201 for every well-formed request, with the same answer whether or not the address is known. Mails to a new address
    /// speak the language that the client wishes for.
    @Sendable func register(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var body = try await JSONBody(request, context: context)
        let fullName = body.requiredString("full_name")
        let email = body.requiredString("email")
        try body.finish()
        try await flows.registration.register(
            fullName: fullName, email: email, language: request.wishedLanguage, at: portal)
        return .empty(.created)
    }

    /// `verify-email`: 202 with the token that sets the first password.
    @Sendable func verifyEmail(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var body = try await JSONBody(request, context: context)
        let token = body.requiredString("token")
        try body.finish()
        let verified = try await flows.verification.verify(token: token, at: portal)
        let answer = VerifyEmailResponse(email: verified.email.value, token: verified.passwordToken.description)
        return try .json(answer, status: .accepted)
    }

    /// `reset-password`: 204; sets the first password or a new one, and ends every session.
    @Sendable func resetPassword(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var body = try await JSONBody(request, context: context)
        let token = body.requiredString("token")
        let password = body.requiredString("password")
        try body.finish()
        let outcome = try await flows.passwords.setPassword(password, token: token, at: portal)
        return .empty(.noContent, setting: [SessionCookies.knowing(outcome.device)])
    }

    /// `forgot-password`: 200 for every well-formed request.
    @Sendable func forgotPassword(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let portal = try context.requirePortal()
        var body = try await JSONBody(request, context: context)
        let email = body.requiredString("email")
        try body.finish()
        try await flows.recovery.forgotPassword(email: email, at: portal)
        return .empty(.ok)
    }
}

private struct VerifyEmailResponse: Encodable {
    let email: String
    let token: String
}
