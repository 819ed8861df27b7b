import HTTPTypes
import Hummingbird

/// What every answer of the pages has in common: the headers that keep a browser strict, an error page instead of an error, and
/// no body for `HEAD`.
struct PageFrame: RouterMiddleware {
    /// No script, no inline style, nothing from elsewhere, in nobody's frame.
    static let contentSecurityPolicy = policy()

    private let errorPages: ErrorPages

    init(errorPages: ErrorPages) { self.errorPages = errorPages }

    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = await errorPages.covering(request, in: context) { try await next(request, context) }
        for field in Self.fields where !response.headers.contains(field.name) { response.headers[field.name] = field.value }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// The policy of a page, with frames of this portal where the page has one.
    static func policy(framing: String = "") -> String {
        "default-src 'none'; style-src 'self'; img-src 'self'; \(framing)form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
    }

    /// What a response has unless its handler said otherwise.
    private static let fields: [HTTPField] = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
}
