import HTTPTypes
import Hummingbird

/// Finds out who looks before a page is made.
///
/// The cookies of a renewed session are set whatever becomes of the page: the old refresh token is used up, and a browser that
/// kept it would look like a thief at its next request.
struct VisitorMiddleware: RouterMiddleware {
    let recognition: VisitorRecognition
    let errorPages: ErrorPages

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        let recognized = try await recognition.recognize(request, at: context.portal)
        var personal = context
        personal.visitor = recognized.visitor
        let context = personal
        var response = await errorPages.covering(request, in: context) { try await next(request, context) }
        for cookie in recognized.cookies { response.headers.append(cookie) }
        return response
    }
}
