import Accounts
import HTTPTypes
import Hummingbird

extension PortalPages {
    /// Shows a form.
    ///
    /// - Parameter message: why it is shown again; nil the first time.
    func show(
        _ page: FormPage, refused message: PageMessage? = nil, to request: Request, in context: PageRequestContext
    ) throws -> Response {
        let (view, cookies) = formView(of: page, refused: message, to: request, in: context)
        let title = message == nil ? page.purpose.title : "Error: \(page.purpose.title)"
        var response = try renderer.response(
            page.purpose.template, title: title, content: view, in: context, status: message?.status ?? .ok)
        if let message { response.headers.append(contentsOf: message.headers) }
        response.headers.append(contentsOf: cookies)
        return response
    }

    /// A form for a template, and what the browser has to keep for it.
    func formView(
        of page: FormPage, refused message: PageMessage? = nil, to request: Request, in context: PageRequestContext
    ) -> (view: FormView, cookies: [HTTPField]) {
        let known = formTokens.nonce(of: request)
        let nonce = known ?? FormTokens.mintNonce()
        let token = formTokens.token(for: page.purpose, at: context.portal.id, nonce: nonce)
        let cookies = known == nil ? [FormTokens.cookie(keeping: nonce)] : []
        return (FormView(page, token: token, refused: message), cookies)
    }

    /// Does what a form asks for, or shows it again with what was typed and what has to change.
    func submit(
        _ page: FormPage, _ body: FormFields, from request: Request, in context: PageRequestContext,
        work: () async throws -> Response
    ) async throws -> Response {
        let token = body[FormTokens.fieldName]
        guard formTokens.accepts(token, for: page.purpose, at: context.portal.id, from: request) else {
            return try show(page, refused: .submitAgain, to: request, in: context)
        }
        do {
            return try await work()
        } catch {
            guard let message = PageMessage(mending: error) else { throw error }
            return try show(page, refused: message, to: request, in: context)
        }
    }
}
