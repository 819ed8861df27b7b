import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    func namePage(of developer: Developer) -> FormPage {
        var page = FormPage(.changeName)
        page.typed[.fullName] = developer.fullName.value
        return page
    }

    func passwordChangePage(of developer: Developer) -> FormPage {
        var page = FormPage(.changePassword)
        page.username = developer.email.value
        return page
    }

    /// `GET` of a path that takes a form of the account's page: somebody reloads an answer.
    @Sendable func backToAccount(_ request: Request, context: PageRequestContext) async throws -> Response {
        .redirect(to: "/account")
    }

    /// `POST /account/name`
    @Sendable func changeName(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        return try await change(FormPage(.changeName, filledWith: form), form, from: request, in: context) { session in
            _ = try await flows.ownAccount.rename(to: form[.fullName], in: session)
            return .redirect(to: "/account?done=name")
        }
    }

    /// `POST /account/password`: this session stays, every other one ends.
    @Sendable func changePassword(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        guard let developer = context.visitor.developer else { return logInFirst() }
        return try await change(passwordChangePage(of: developer), form, from: request, in: context) { session in
            try await flows.ownAccount.changePassword(from: form[.currentPassword], to: form[.newPassword], in: session)
            return .redirect(to: "/account?done=password")
        }
    }

    /// `POST /account/sessions`: ends one session; one that has ended already is what was asked for.
    @Sendable func endSession(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        return try await change(FormPage(.endSession), form, from: request, in: context) { session in
            guard let id = SessionID(form[SessionView.fieldName]) else { throw AccountError.notFound("session") }
            do {
                try await flows.ownAccount.end(id, in: session)
            } catch AccountError.notFound {}
            return id == session.id ? .loggedOut(goingTo: "/") : .redirect(to: "/account?done=session")
        }
    }

    /// `GET /account/export`: everything that is kept about the developer, as a file.
    @Sendable func export(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard let session = context.visitor.session else { return logInFirst() }
        return try .file(try await flows.ownAccount.export(in: session), of: context.portal, in: session)
    }

    /// `GET /account/delete`
    @Sendable func deletionForm(_ request: Request, context: PageRequestContext) async throws -> Response {
        guard let developer = context.visitor.developer else { return logInFirst() }
        return try show(deletionPage(of: developer), to: request, in: context)
    }

    /// `POST /account/delete`
    @Sendable func deleteAccount(_ request: Request, context: PageRequestContext) async throws -> Response {
        let form = try await FormFields(bodyOf: request, context: context)
        guard let session = context.visitor.session else { return logInFirst() }
        return try await submit(deletionPage(of: session.developer), form, from: request, in: context) {
            try await flows.ownAccount.delete(password: form[.password], in: session)
            return .loggedOut(goingTo: "/login?accountDeleted=true")
        }
    }

    private func deletionPage(of developer: Developer) -> FormPage {
        var page = FormPage(.deleteAccount)
        if developer.passwordHash == nil {
            page.fields = []
            return page
        }
        page.username = developer.email.value
        return page
    }

    /// Does what a form of the account's page asks for, or shows the whole page again.
    private func change(
        _ page: FormPage, _ form: FormFields, from request: Request, in context: PageRequestContext,
        work: (OpenSession) async throws -> Response
    ) async throws -> Response {
        guard let session = context.visitor.session else { return logInFirst() }
        return try await submit(
            page, form, from: request, in: context, work: { try await work(session) },
            again: { message in
                let refused = RefusedForm(page: page, message: message)
                return try await showAccount(of: session, refused: refused, to: request, in: context)
            })
    }
}
