import HTTPTypes
import Hummingbird
import WebPages

/// What every answer of the pages has in common: the headers that keep a browser strict, an error page instead of an error, and
/// no body for `HEAD`.
struct PageFrame: RouterMiddleware {
    private let errorPages: ErrorPages

    init(errorPages: ErrorPages) { self.errorPages = errorPages }

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = await errorPages.covering(request, in: context) { try await next(request, context) }
        PageHeaders.add(to: &response.headers)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
