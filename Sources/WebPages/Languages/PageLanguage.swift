import Hummingbird

/// Finds the language in which a page answers, before anything else may fail.
public struct PageLanguage<Context: PageContext>: RouterMiddleware {
    public init() {}

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.speak(to: request)
        return try await next(request, context)
    }
}
