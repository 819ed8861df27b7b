import Accounts
import HTTPTypes
import Hummingbird
import Languages
import WebPages

/// One admin: role, log-in and tokens.
extension ConsolePages {
    /// What an owner does with an admin, by the word that forms send.
    private enum AdminStep: String {
        case role, link, factor, delete
    }

    /// `GET /admins/{admin}`
    @Sendable func admin(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let notice = Self.notice(FormFields(queryOf: request)["done"], in: context.book)
        let admin = try await flows.admins.admin(id("admin", of: "admin", in: context))
        return try await show(admin, notice: notice, in: context)
    }

    private static func notice(_ done: String, in book: Phrasebook) -> String? {
        switch done {
        case "invited", "link": book["console.admins.linkSent"]
        case "role": book["console.admins.roleChanged"]
        case "factor": book["console.admins.factorReset"]
        case "revoked": book["console.tokens.revoked"]
        default: nil
        }
    }

    /// `POST /admins/{admin}`
    @Sendable func changeAdmin(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        guard let step = AdminStep(rawValue: form["step"]) else { throw ConsoleRefusal.unknownStep }
        let (admin, book) = (try await flows.admins.admin(id("admin", of: "admin", in: context)), context.book)
        if step == .delete || step == .factor, form[ConfirmationView.field] != "yes" {
            let phrase = step == .delete ? "console.admins.deleteQuestion" : "console.admins.factorQuestion"
            let text = step == .delete ? "console.admins.deleteText" : "console.admins.factorText"
            let button = step == .delete ? "console.steps.delete" : "console.admins.resetFactor"
            let confirmation = ConfirmationView(
                title: book[phrase], text: book[text], names: [admin.email.value], action: "/admins/\(admin.id)",
                fields: [("step", step.rawValue)], button: book[button], back: "/admins/\(admin.id)")
            return try confirm(confirmation, at: .area(.admins), in: context)
        }
        return try await submit(conflict: "console.admins.lastOwner", in: context) {
            try await take(step, on: admin, form, by: context.actor)
            return .redirect(to: step == .delete ? "/admins?done=deleted" : "/admins/\(admin.id)?done=\(step.rawValue)")
        } again: { message in
            try await show(admin, refused: message, in: context)
        }
    }

    private func take(_ step: AdminStep, on admin: Admin, _ form: FormFields, by actor: AuditActor) async throws {
        switch step {
        case .role:
            guard let role = AdminRole(rawValue: form["role"]) else { throw ConsoleRefusal.unknownStep }
            _ = try await flows.admins.change(admin.id, to: role, by: actor)
        case .link: try await flows.console.mailLink(to: admin.id, by: actor)
        case .factor: try await flows.console.resetSecondFactor(of: admin.id, by: actor)
        case .delete: try await flows.admins.delete(admin.id, by: actor)
        }
    }

    /// `POST /admins/{admin}/tokens`: makes a token, which is shown once, or ends one.
    @Sendable func changeTokens(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let admin = try await flows.admins.admin(id("admin", of: "admin", in: context))
        if !form["revoke"].isEmpty {
            guard let token = AdminTokenID(form["revoke"]) else { throw AccountError.notFound("token") }
            guard form[ConfirmationView.field] == "yes" else {
                return try await askBeforeRevoking(token, of: admin, in: context)
            }
            try await flows.admins.revokeToken(token, of: admin.id, by: context.actor)
            return .redirect(to: "/admins/\(admin.id)?done=revoked")
        }
        return try await submit(in: context) {
            let new = try NewTokenForm(form, now: clock.now)
            let made = try await flows.admins.createToken(
                for: admin.id, named: new.name, expiresAt: new.expiresAt, by: context.actor)
            let view = NewTokenView(
                title: context.book["console.tokens.new"], token: made.credential.value, back: "/admins/\(admin.id)")
            return try renderer.response(.newToken, title: view.title, content: view, at: .area(.admins), in: context)
        } again: { message in
            try await show(admin, typed: form, refused: message, in: context)
        }
    }

    private func askBeforeRevoking(
        _ id: AdminTokenID, of admin: Admin, in context: ConsoleRequestContext
    ) async throws -> Response {
        guard let token = try await flows.admins.tokens(of: admin.id).first(where: { $0.id == id }) else {
            throw AccountError.notFound("token")
        }
        let (book, path) = (context.book, "/admins/\(admin.id)")
        let confirmation = ConfirmationView(
            title: book["console.tokens.revokeQuestion"], text: book["console.tokens.revokeText"],
            names: ["\(token.name) (\(admin.email.value))"], action: "\(path)/tokens", fields: [("revoke", "\(id)")],
            button: book["console.tokens.revoke"], back: path)
        return try confirm(confirmation, at: .area(.admins), in: context)
    }

    private func show(
        _ admin: Admin, typed: FormFields? = nil, notice: String? = nil, refused message: PageMessage? = nil,
        in context: ConsoleRequestContext
    ) async throws -> Response {
        let view = AdminView(
            admin, tokens: try await flows.admins.tokens(of: admin.id), typed: try typed ?? FormFields([]), notice: notice,
            refused: message, in: context.book)
        return try renderer.response(
            .admin, title: view.title, content: view, at: .area(.admins), in: context, status: message?.status ?? .ok)
    }
}

/// What the template of a new token shows, this once.
private struct NewTokenView {
    let title: String
    let token: String
    let back: String
}
