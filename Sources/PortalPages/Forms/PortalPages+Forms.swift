import Accounts
import HTTPTypes
import Hummingbird
import Languages
import WebPages

extension PortalPages {
    /// Shows a form.
    ///
    /// - Parameter message: why it is shown again; nil the first time.
    func show(
        _ page: FormPage, refused message: PageMessage? = nil, to request: Request, in context: PageRequestContext
    ) throws -> Response {
        let nonce = FormNonce(for: request)
        let view = formView(of: page, refused: message, nonce: nonce, in: context)
        let title = title(of: page.purpose, refused: message != nil, in: context.book)
        var response = try renderer.response(
            page.purpose.template, title: title, content: view, in: context, status: message?.status ?? .ok)
        if let message { response.headers.append(contentsOf: message.headers) }
        response.headers.append(contentsOf: nonce.cookies)
        return response
    }

    /// A form for a template.
    func formView(
        of page: FormPage, refused message: PageMessage? = nil, nonce: FormNonce, in context: PageRequestContext
    ) -> FormView {
        FormView(
            page, token: formTokens.token(for: page.purpose.rawValue, at: context.portal.id.description, nonce: nonce),
            refused: message, in: context.book)
    }

    /// The title of a form's page; it says so first where the form could not be taken.
    func title(of purpose: FormPurpose, refused isRefused: Bool, in book: Phrasebook) -> String {
        let title = purpose.title(in: book)
        return isRefused ? book.text("common.errorTitle", ["title": title]) : title
    }

    /// Does what a form asks for, or shows it again with what was typed and what has to change.
    func submit(
        _ page: FormPage, _ body: FormFields, from request: Request, in context: PageRequestContext,
        work: () async throws -> Response
    ) async throws -> Response {
        try await submit(
            page, body, from: request, in: context, work: work,
            again: { message in try show(page, refused: message, to: request, in: context) })
    }

    /// The same for a form that is not alone on its page.
    ///
    /// - Parameter again: shows the page again, with the reason.
    func submit(
        _ page: FormPage, _ body: FormFields, from request: Request, in context: PageRequestContext,
        work: () async throws -> Response, again: (PageMessage) async throws -> Response
    ) async throws -> Response {
        let token = body[FormTokens.fieldName]
        guard formTokens.accepts(token, for: page.purpose.rawValue, at: context.portal.id.description, from: request) else {
            return try await again(.submitAgain(in: context.book))
        }
        do {
            return try await work()
        } catch {
            guard let message = errorPages.message(mending: error, in: context) else { throw error }
            return try await again(message)
        }
    }
}
