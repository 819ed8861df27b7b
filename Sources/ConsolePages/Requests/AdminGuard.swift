import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// Lets nobody to a page who has not logged in: who opens one is led to the log-in and back, and who sends a form is told.
///
/// It also gives the page the token of its forms, which is good for this admin in this browser only.
struct AdminGuard: RouterMiddleware {
    let access: ConsoleAccess
    let formTokens: FormTokens
    let errorPages: ErrorPages<ConsoleSite>

    func handle(
        _ request: Request, context: ConsoleRequestContext, next: (Request, ConsoleRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let session = try await session(of: request) else {
            guard request.method == .get || request.method == .head, let path = LocalPath(Self.target(of: request)) else {
                throw AccountError.notAuthenticated
            }
            return .redirect(to: path.logIn)
        }
        let nonce = FormNonce(for: request)
        var personal = context
        personal.session = session
        personal.formToken = formTokens.token(for: Self.purpose, at: Self.site(of: session.admin), nonce: nonce)
        let context = personal
        var response = await errorPages.covering(request, in: context) { try await next(request, context) }
        response.headers.append(contentsOf: nonce.cookies)
        return response
    }

    /// - Returns: nil where nobody is logged in, or no longer.
    private func session(of request: Request) async throws -> ConsoleSession? {
        do {
            return try await access.session(showing: request.cookies[ConsoleCookies.session]?.value)
        } catch AccountError.notAuthenticated {
            return nil
        }
    }

    /// - Throws: ``ConsoleRefusal/staleForm`` where the form was not shown by the console to this admin in this browser.
    static func requireToken(_ token: String, from request: Request, of admin: Admin, by tokens: FormTokens) throws {
        guard tokens.accepts(token, for: purpose, at: site(of: admin), from: request) else { throw ConsoleRefusal.staleForm }
    }

    private static let purpose = "console"

    private static func site(of admin: Admin) -> String { "console of \(admin.id)" }

    private static func target(of request: Request) -> String {
        request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path
    }
}
