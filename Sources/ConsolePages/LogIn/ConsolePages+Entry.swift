import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

/// What the pages before the log-in share.
extension ConsolePages {
    func addEntry(to pages: RouterGroup<ConsoleRequestContext>) {
        let forms = pages.group().add(middleware: CrossSiteGuard(rule: CrossSiteRule(scheme: flows.links.scheme)))
        forms.page("login", get: logInForm, post: logIn, hasPagesBelow: true)
        forms.page("second-factor", get: secondFactorForm, post: enter, hasPagesBelow: true)
        forms.page("password", get: passwordForm, post: setPassword, hasPagesBelow: true)
        forms.page("forgot-password", get: forgotPasswordForm, post: forgotPassword, hasPagesBelow: true)
    }

    /// Shows a form.
    ///
    /// - Parameter message: why it is shown again; nil the first time.
    func show(
        _ form: EntryForm, typed: String = "", hidden: [(String, String)] = [], notice: String? = nil,
        refused message: PageMessage? = nil, offer: ConsoleAccess.Offer? = nil, to request: Request,
        in context: ConsoleRequestContext
    ) throws -> Response {
        let nonce = FormNonce(for: request)
        let token = formTokens.token(for: form.rawValue, at: Self.entrySite, nonce: nonce)
        let view = EntryView(
            form, token: token, typed: typed, hidden: hidden, notice: notice, refused: message, offer: offer, in: context.book)
        var response = try renderer.response(
            .entry, title: view.title, content: view, in: context, status: message?.status ?? .ok)
        for field in message?.headers ?? [:] where field.name != .wwwAuthenticate { response.headers.append(field) }
        response.headers.append(contentsOf: nonce.cookies)
        return response
    }

    /// The fields of a form that the console showed to this browser.
    ///
    /// - Throws: ``ConsoleRefusal/staleForm``.
    func fields(of form: EntryForm, in request: Request, _ context: ConsoleRequestContext) async throws -> FormFields {
        let fields = try await FormFields(bodyOf: request, limit: context.maxUploadSize)
        guard formTokens.accepts(fields[FormTokens.fieldName], for: form.rawValue, at: Self.entrySite, from: request) else {
            throw ConsoleRefusal.staleForm
        }
        return fields
    }

    /// Who sends a request, for throttling.
    func client(of request: Request, in context: ConsoleRequestContext) -> Client {
        Client(
            address: context.clientAddress, agent: request.headers[.userAgent],
            device: request.cookies[ConsoleCookies.device]?.value)
    }

    private static let entrySite = "console"
}
