import Hummingbird
import WebPages

/// Puts every answer of a portal's pages into their frame.
struct PageFrame: RouterMiddleware {
    let errorPages: ErrorPages<PortalSite>

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        await errorPages.framing(request, in: context) { try await next(request, context) }
    }
}
