import Accounts
import Hummingbird

/// Lets nobody to the pages about passwords where developers log in through an identity provider only.
struct PasswordsOffered: RouterMiddleware {
    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        guard context.portal.settings.passwordsEnabled else { throw AccountError.passwordsDisabled }
        return try await next(request, context)
    }
}
