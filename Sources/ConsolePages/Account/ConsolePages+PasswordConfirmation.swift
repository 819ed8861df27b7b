import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// What the template that asks for the password once more shows.
private struct PasswordConfirmationView {
    let title: String
    let fields: [FieldView]
    let destination: String
    let problem: ProblemView?
}

/// Asks for the password again before somebody changes admins or their tokens at a browser that was left open.
extension ConsolePages {
    /// `GET /confirm-password`
    @Sendable func passwordConfirmation(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try showConfirmation(to: LocalPath(FormFields(queryOf: request)["returnTo"]), in: context)
    }

    /// `POST /confirm-password`
    @Sendable func confirmPassword(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws
        -> Response
    {
        let destination = LocalPath(form["returnTo"])
        return try await submit(credential: "current_password", in: context) {
            try await flows.console.confirmPassword(form["current_password"], in: try context.requireSession())
            return .redirect(to: destination?.value ?? "/")
        } again: { message in
            try showConfirmation(to: destination, refused: message, in: context)
        }
    }

    private func showConfirmation(
        to destination: LocalPath?, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) throws -> Response {
        let book = context.book
        let fields = [
            FieldView(
                "current_password", label: book["console.fields.password"], type: "password", autocomplete: "current-password",
                refused: message, in: book)
        ]
        let view = PasswordConfirmationView(
            title: book["console.confirmPassword.title"], fields: fields, destination: destination?.value ?? "/",
            problem: message.map { ProblemView($0, fields: fields) })
        return try renderer.response(
            .confirmPassword, title: view.title, content: view, in: context, status: message?.status ?? .ok)
    }
}
