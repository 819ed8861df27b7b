import Hummingbird
import Languages
import WebPages

/// Finds the language in which a page answers, before anything else may fail.
struct LanguageMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: PageRequestContext, next: (Request, PageRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let language = LanguageChoice(for: request).language
        context.book = Phrasebook.of(language)
        context.languages = LanguageSwitch(at: request, in: language)
        return try await next(request, context)
    }
}
