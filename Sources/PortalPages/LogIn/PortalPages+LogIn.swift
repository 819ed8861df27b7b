import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import Languages
import WebPages

extension PortalPages {
    /// `GET /login`: the form; with a mailed `token` the verification instead, and with what an identity provider sends the end of a log-in
    /// there.
    @Sendable func logInForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        if !query["token"].isEmpty { return try show(verificationPage(token: query["token"]), to: request, in: context) }
        if Self.isFromProvider(query) { return try await completeSignOn(request, context: context) }
        if context.visitor.developer != nil { return .redirect(to: "/") }
        var page = FormPage(.logIn, notice: Self.notice(for: query, in: context.book))
        page.carryDestination(query["returnTo"])
        return try show(page, to: request, in: context)
    }

    /// `POST /login`
    @Sendable func logIn(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        var page = FormPage(.logIn, filledWith: form)
        page.carryDestination(form["returnTo"])
        return try await submit(page, form, from: request, in: context) {
            let outcome = try await flows.logIn.authenticate(
                username: form[.email], password: form[.password], from: Client(sending: request, from: context.clientAddress),
                at: context.portal)
            var response = Response.redirect(to: LocalPath(form["returnTo"])?.value ?? "/")
            for cookie in SessionCookies.setting(outcome, now: clock.now) { response.headers.append(cookie) }
            return response
        }
    }

    private static func notice(for query: FormFields, in book: Phrasebook) -> NoticeView? {
        if query["registered"] == "true" {
            return NoticeView(title: book["portal.login.checkMail"], text: book["portal.login.checkMailText"])
        }
        if query["passwordReset"] == "true" {
            return NoticeView(title: book["portal.login.passwordSaved"], text: book["portal.login.passwordSavedText"])
        }
        if query["state"] == SignOn.logOutState {
            return NoticeView(title: book["portal.login.loggedOut"], text: book["portal.login.loggedOutText"])
        }
        if query["accountDeleted"] == "true" {
            return NoticeView(title: book["portal.login.accountDeleted"], text: book["portal.login.accountDeletedText"])
        }
        return nil
    }
}

extension FormPage {
    /// Carries along where somebody goes after logging in, if that is on this portal.
    fileprivate mutating func carryDestination(_ text: String) {
        guard let path = LocalPath(text) else { return }
        carry("returnTo", path.value)
        signOnPath = path.signOn
    }
}
