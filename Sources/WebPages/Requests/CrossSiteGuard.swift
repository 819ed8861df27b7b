import HTTPConventions
import HTTPTypes
import Hummingbird

/// Refuses forms that a browser says come from another site. The form's token is the second line behind it.
public struct CrossSiteGuard<Context: RequestContext>: RouterMiddleware {
    private let rule: CrossSiteRule

    public init(rule: CrossSiteRule) { self.rule = rule }

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard rule.refuses(request) else { return try await next(request, context) }
        throw Problem(.forbidden, detail: "This form came from another site. Open the page of this portal and use its form.")
    }
}
