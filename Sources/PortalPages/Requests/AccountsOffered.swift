import Accounts
import Hummingbird

/// Lets nobody to the pages about accounts where the portal has none.
struct AccountsOffered: RouterMiddleware {
    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        guard context.accountsOffered else { throw AccountError.authenticationDisabled }
        return try await next(request, context)
    }
}
