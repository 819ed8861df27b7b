import HTTPConventions
import HTTPTypes
import Hummingbird

/// Refuses forms that a browser says come from another site. The form's token is the second line behind it.
struct CrossSiteGuard: RouterMiddleware {
    let rule: CrossSiteRule

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        guard rule.refuses(request) else { return try await next(request, context) }
        throw Problem(.forbidden, detail: "This form came from another site. Open the page of this portal and use its form.")
    }
}
