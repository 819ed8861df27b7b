import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// The geo's admins: who there is, and a new one.
extension ConsolePages {
    /// `GET /admins`
    @Sendable func admins(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let notice = FormFields(queryOf: request)["done"] == "deleted" ? context.book["console.admins.deleted"] : nil
        return try await showAdmins(FormFields([]), notice: notice, in: context)
    }

    /// `POST /admins`: the admin gets a mail with a link that chooses a password.
    @Sendable func createAdmin(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        guard let role = AdminRole(rawValue: form["role"]) else { throw ConsoleRefusal.unknownStep }
        return try await submit(conflict: "console.admins.known", in: context) {
            let admin = try await flows.admins.create(email: form["email"], role: role, by: context.actor)
            try await flows.console.mailLink(to: admin.id, by: context.actor)
            return .redirect(to: "/admins/\(admin.id)?done=invited")
        } again: { message in
            try await showAdmins(form, refused: message, in: context)
        }
    }

    private func showAdmins(
        _ typed: FormFields, notice: String? = nil, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) async throws -> Response {
        let view = AdminsView(try await flows.admins.admins(), typed, notice: notice, refused: message, in: context.book)
        return try renderer.response(
            .admins, title: view.title, content: view, at: .area(.admins), in: context, status: message?.status ?? .ok)
    }
}
