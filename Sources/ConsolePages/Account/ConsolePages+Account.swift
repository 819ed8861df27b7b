import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// What admins do with their own log-in.
extension ConsolePages {
    /// `GET /account`
    @Sendable func account(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let done = FormFields(queryOf: request)["done"]
        let notice = done == "password" ? context.book["console.account.passwordChanged"] : nil
        return try await showAccount(notice: notice, in: context)
    }

    /// `POST /account/password`: ends every other session.
    @Sendable func changePassword(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response
    {
        let session = try context.requireSession()
        return try await submit(credential: AccountView.currentPassword, in: context) {
            try await flows.console.changePassword(
                from: form[AccountView.currentPassword], to: form[AccountView.newPassword], in: session)
            return .redirect(to: "/account?done=password")
        } again: { message in
            try await showAccount(refused: message, in: context)
        }
    }

    /// `POST /account/codes`: new recovery codes, shown once.
    @Sendable func renewCodes(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try await submit(credential: AccountView.codesPassword, in: context) {
            let session = try context.requireSession()
            try await flows.console.confirmPassword(form[AccountView.codesPassword], in: session)
            return try show(
                try await flows.console.renewRecoveryCodes(in: session), next: "/account", at: .account, in: context)
        } again: { message in
            try await showAccount(refused: message, in: context)
        }
    }

    /// `POST /account/sessions`: ends one session, or all but this one.
    @Sendable func endSessions(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let session = try context.requireSession()
        var ending = ConsoleChange.Ending.allBut(session.id)
        if !form["session"].isEmpty {
            guard let chosen = ConsoleSessionID(form["session"]) else { throw AccountError.notFound("session") }
            ending = .one(chosen)
        }
        try await flows.console.logOut(session, ending)
        return .redirect(to: "/account")
    }

    /// `POST /logout`
    @Sendable func logOut(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let session = try context.requireSession()
        try await flows.console.logOut(session, .one(session.id))
        var response = Response.redirect(to: "/login?done=out")
        response.headers.append(ConsoleCookies.clearing(ConsoleCookies.session))
        return response
    }

    private func showAccount(
        notice: String? = nil, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) async throws -> Response {
        let session = try context.requireSession()
        let view = AccountView(
            session, secondFactor: try await flows.console.secondFactor(of: session),
            sessions: try await flows.console.sessions(of: session), notice: notice, refused: message, in: context.book)
        return try renderer.response(
            .account, title: view.title, content: view, at: .account, in: context, status: message?.status ?? .ok)
    }
}
