import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    /// `GET /reset-password?token=…`: the form. The token is only looked at when the form comes in.
    @Sendable func passwordForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        let token = FormFields(queryOf: request)["token"]
        guard !token.isEmpty else { throw AccountError.unknownToken }
        return try show(passwordPage(token: token), to: request, in: context)
    }

    /// `POST /reset-password`: sets the password; whoever is approved goes on to log in, the others are told to wait.
    @Sendable func setPassword(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        let token = form["token"]
        return try await submit(passwordPage(token: token), form, from: request, in: context) {
            let outcome = try await flows.passwords.setPassword(form[.password], token: token, at: context.portal)
            var response = Response.redirect(
                to: outcome.status == .approved ? "/login?passwordReset=true" : "/approval-pending")
            response.headers.append(SessionCookies.knowing(outcome.device))
            return response
        }
    }

    /// `GET /approval-pending`
    @Sendable func approvalPending(_ request: Request, context: PageRequestContext) async throws -> Response {
        try renderer.response(.pending, title: context.book["portal.pending.title"], content: EmptyContent(), in: context)
    }

    /// `GET /forgot-password`; with `sent` what everybody sees afterwards.
    @Sendable func recoveryForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        let isSent = FormFields(queryOf: request)["sent"] == "true"
        let notice = NoticeView(
            title: context.book["portal.forgot.sent"], text: context.book["portal.forgot.sentText"])
        return try show(FormPage(.forgotPassword, notice: isSent ? notice : nil), to: request, in: context)
    }

    /// `POST /forgot-password`: one answer for every address.
    @Sendable func forgotPassword(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        return try await submit(FormPage(.forgotPassword, filledWith: form), form, from: request, in: context) {
            try await flows.recovery.forgotPassword(email: form[.email], at: context.portal)
            return .redirect(to: "/forgot-password?sent=true")
        }
    }

    private func passwordPage(token: String) -> FormPage {
        var page = FormPage(.setPassword)
        page.carry("token", token)
        return page
    }
}
