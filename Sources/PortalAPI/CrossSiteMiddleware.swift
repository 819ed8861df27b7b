import HTTPConventions
import HTTPTypes
import Hummingbird

/// Refuses what changes something and comes, as the browser says, from a page of another site: it would act with the cookies of
/// whoever looks at that page.
struct CrossSiteMiddleware: RouterMiddleware {
    let rule: CrossSiteRule

    func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        guard rule.refuses(request) else { return try await next(request, context) }
        throw Problem(.forbidden, detail: "This request came from a page of another site. Ask from a page of this portal.")
    }
}
