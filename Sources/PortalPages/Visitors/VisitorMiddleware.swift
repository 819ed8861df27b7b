import HTTPTypes
import Hummingbird
import WebPages

/// Finds out who looks before a page is made.
///
/// The cookies of a renewed session are set whatever becomes of the page: the old refresh token is used up, and a browser that
/// kept it would look like a thief at its next request. What the page itself says about a cookie goes before.
struct VisitorMiddleware: RouterMiddleware {
    let recognition: VisitorRecognition
    let errorPages: ErrorPages<PortalSite>
    /// Whose requests renew a session: pages that somebody opens, and forms that only a developer who is logged in can send.
    var renewingFor: Set<HTTPRequest.Method> = [.get]

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        let recognized = try await recognition.recognize(request, at: context.portal, renewingFor: renewingFor)
        var personal = context
        personal.visitor = recognized.visitor
        let context = personal
        var response = await errorPages.covering(request, in: context) { try await next(request, context) }
        let decided = Set(response.headers[values: .setCookie].map(Self.name))
        for cookie in recognized.cookies where !decided.contains(Self.name(of: cookie.value)) { response.headers.append(cookie) }
        return response
    }

    private static func name(of cookie: String) -> Substring { cookie.prefix { $0 != "=" } }
}
