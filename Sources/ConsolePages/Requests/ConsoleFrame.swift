import HTTPConventions
import Hummingbird
import WebPages

/// Puts every answer of the console into its frame, also where there is no page.
struct ConsoleFrame: RouterMiddleware {
    let errorPages: ErrorPages<ConsoleSite>

    func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        var page = ConsoleRequestContext(context: context)
        page.speak(to: request)
        return await errorPages.framing(request, in: page) { try await next(request, context) }
    }
}
