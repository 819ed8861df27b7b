import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import Languages
import WebPages

extension PortalPages {
    /// A form of the account's page that could not be taken, and why.
    struct RefusedForm {
        let page: FormPage
        let message: PageMessage
    }

    /// `GET /account`; with `done` what was just changed.
    @Sendable func account(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard let session = context.visitor.session else { return logInFirst() }
        return try await showAccount(of: session, to: request, in: context)
    }

    /// What those see who are not logged in, or no longer.
    func logInFirst() -> Response { .redirect(to: LocalPath("/account")?.logIn ?? "/login") }

    /// Shows the account's page.
    ///
    /// - Parameter refused: the form because of which it is shown again.
    func showAccount(
        of session: OpenSession, refused: RefusedForm? = nil, to request: Request, in context: PageRequestContext
    ) async throws -> Response {
        let nonce = FormNonce(for: request)
        let form = { (page: FormPage) in
            let isRefused = refused?.page.purpose == page.purpose && page.purpose != .endSession
            return formView(
                of: isRefused ? refused?.page ?? page : page, refused: isRefused ? refused?.message : nil, nonce: nonce,
                in: context)
        }
        let developer = session.developer
        let view = AccountView(
            name: developer.fullName.value, email: developer.email.value, since: context.book.day(developer.createdAt),
            sinceDate: String(developer.createdAt.iso8601.prefix(10)),
            notice: refused == nil ? Self.notice(for: FormFields(queryOf: request)["done"], in: context.book) : nil,
            naming: form(namePage(of: developer)), newPassword: form(passwordChangePage(of: developer)),
            hasPassword: developer.passwordHash != nil,
            sessions: try await flows.ownAccount.sessions(in: session).map {
                SessionView($0, isCurrent: $0.id == session.id, in: context.book, ending: form)
            },
            refusedEnding: refused.flatMap { refused in
                guard refused.page.purpose == .endSession else { return nil }
                return formView(of: refused.page, refused: refused.message, nonce: nonce, in: context)
            },
            logOut: form(FormPage(.logOut)))
        var response = try renderer.response(
            .account, title: title(of: .changeName, refused: refused != nil, in: context.book), content: view, in: context,
            status: refused?.message.status ?? .ok)
        if let refused { response.headers.append(contentsOf: refused.message.headers) }
        response.headers.append(contentsOf: nonce.cookies)
        return response
    }

    private static func notice(for done: String, in book: Phrasebook) -> NoticeView? {
        switch done {
        case "name": NoticeView(title: book["portal.account.nameSaved"], text: book["portal.account.nameSavedText"])
        case "password":
            NoticeView(title: book["portal.account.passwordChanged"], text: book["portal.account.passwordChangedText"])
        case "session": NoticeView(title: book["portal.account.sessionEnded"], text: book["portal.account.sessionEndedText"])
        default: nil
        }
    }

    /// `GET /logout`: a page that asks, for those who typed the address.
    @Sendable func logOutForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        try show(FormPage(.logOut), to: request, in: context)
    }

    /// `POST /logout`: ends every session of the developer, and takes the cookies away; who came through an identity provider goes on to
    /// log out there.
    @Sendable func logOut(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        return try await submit(FormPage(.logOut), form, from: request, in: context) {
            let tokens = SessionCookies.allTokens(in: request)
            let address = try await flows.signOn.logOutAddress(showing: tokens, at: context.portal)
            try await flows.sessions.logOut(showing: tokens, at: context.portal)
            guard let address else { return .loggedOut(goingTo: "/") }
            return try departurePage(to: address, in: context)
        }
    }
}

extension Response {
    /// Goes on to a page, and takes the session's cookies away.
    static func loggedOut(goingTo path: String) -> Response {
        var response = Response.redirect(to: path)
        for cookie in SessionCookies.clearing { response.headers.append(cookie) }
        return response
    }
}
