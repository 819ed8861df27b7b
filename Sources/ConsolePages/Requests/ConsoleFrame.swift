import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

/// What every answer of the console has in common, also where there is no page: the headers that keep a browser strict, an error
/// page instead of an error, and no body for `HEAD`.
struct ConsoleFrame: RouterMiddleware {
    let errorPages: ErrorPages

    func handle(
        _ request: Request, context: NodeRequestContext, next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        var page = ConsoleRequestContext(context: context)
        page.speak(to: request)
        var response = await errorPages.covering(request, in: page) { try await next(request, context) }
        PageHeaders.add(to: &response.headers)
        return request.method == .head ? response.createHeadResponse() : response
    }
}

/// Finds the language in which a page answers.
struct ConsoleLanguage: RouterMiddleware {
    func handle(
        _ request: Request, context: ConsoleRequestContext, next: (Request, ConsoleRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.speak(to: request)
        return try await next(request, context)
    }
}
