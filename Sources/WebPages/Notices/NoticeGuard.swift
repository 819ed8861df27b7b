import HTTPTypes
import Hummingbird

/// Holds pages to ``NoticeSeals``: seals where the answer to a form leads, and lets nobody make a page say that something was done.
public struct NoticeGuard<Context: RequestContext>: RouterMiddleware {
    private let seals: NoticeSeals

    public init(seals: NoticeSeals) { self.seals = seals }

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            var response = try await next(request, context)
            if response.status == .seeOther, let target = response.headers[.location], NoticeSeals.silenced(target) != nil {
                response.headers.append(seals.cookie(for: target))
            }
            return response
        }
        let target = request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path
        guard let silenced = NoticeSeals.silenced(target) else { return try await next(request, context) }
        guard seals.accept(target, from: request) else { return .redirect(to: LocalPath(silenced)?.value ?? "/", type: .found) }
        var response = try await next(request, context)
        // `HEAD` shows nothing, so the page is still to come.
        if request.method == .get { response.headers.append(NoticeSeals.clearing) }
        return response
    }
}
