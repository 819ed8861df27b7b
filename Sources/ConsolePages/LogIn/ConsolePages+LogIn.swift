import Accounts
import HTTPTypes
import Hummingbird
import Languages
import WebPages

/// The password, and the way to a forgotten one.
extension ConsolePages {
    /// `GET /login`
    @Sendable func logInForm(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        return try show(
            .logIn, hidden: [("returnTo", LocalPath(query["returnTo"])?.value ?? "")],
            notice: Self.notice(query["done"], in: context.book), to: request, in: context)
    }

    private static func notice(_ done: String, in book: Phrasebook) -> String? {
        switch done {
        case "password": book["console.login.passwordSaved"]
        case "sent": book["console.login.linkSent"]
        case "out": book["console.login.loggedOut"]
        default: nil
        }
    }

    /// `POST /login`
    @Sendable func logIn(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let form = try await fields(of: .logIn, in: request, context)
        let destination = LocalPath(form["returnTo"])
        return try await submit(in: context) {
            let client = client(of: request, in: context)
            switch try await flows.console.logIn(email: form["email"], password: form["password"], from: client) {
            case .entered(let entrance): return Self.entering(entrance, to: destination)
            case .secondFactor(let ticket), .newSecondFactor(let ticket):
                let query = destination.map { "?returnTo=\($0.encoded)" } ?? ""
                var response = Response.redirect(to: "/second-factor\(query)")
                response.headers.append(ConsoleCookies.setting(ticket: ticket))
                return response
            }
        } again: { message in
            try show(
                .logIn, typed: form["email"], hidden: [("returnTo", destination?.value ?? "")], refused: message, to: request,
                in: context)
        }
    }

    static func entering(_ entrance: ConsoleAccess.Entrance, to destination: LocalPath?) -> Response {
        var response = Response.redirect(to: destination?.value ?? "/")
        for cookie in ConsoleCookies.setting(entrance) { response.headers.append(cookie) }
        return response
    }

    /// `GET /password?token=…`: from a mailed link.
    @Sendable func passwordForm(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let token = FormFields(queryOf: request)["token"]
        try await flows.console.look(at: token)
        return try show(.password, hidden: [("token", token)], to: request, in: context)
    }

    /// `POST /password`
    @Sendable func setPassword(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let form = try await fields(of: .password, in: request, context)
        return try await submit(in: context) {
            try await flows.console.setPassword(form["password"], token: form["token"])
            return .redirect(to: "/login?done=password")
        } again: { message in
            try show(.password, hidden: [("token", form["token"])], refused: message, to: request, in: context)
        }
    }

    /// `GET /forgot-password`
    @Sendable func forgotPasswordForm(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try show(.forgotPassword, to: request, in: context)
    }

    /// `POST /forgot-password`: the same answer whether or not there is such an admin.
    @Sendable func forgotPassword(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let form = try await fields(of: .forgotPassword, in: request, context)
        return try await submit(in: context) {
            try await flows.console.forgotPassword(email: form["email"])
            return .redirect(to: "/login?done=sent")
        } again: { message in
            try show(.forgotPassword, typed: form["email"], refused: message, to: request, in: context)
        }
    }
}
