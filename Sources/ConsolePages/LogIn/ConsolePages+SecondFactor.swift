import Accounts
import HTTPTypes
import Hummingbird
import WebPages

/// What the template of new recovery codes shows.
struct RecoveryCodesView {
    let title: String
    let codes: [String]
    let next: String
}

/// The code that follows the password, and setting up the app that makes it.
extension ConsolePages {
    /// `GET /second-factor`
    @Sendable func secondFactorForm(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try await showSecondFactor(
            returnTo: LocalPath(FormFields(queryOf: request)["returnTo"]), to: request, in: context)
    }

    /// `POST /second-factor`
    @Sendable func enter(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let form = try await fields(of: .secondFactor, in: request, context)
        let destination = LocalPath(form["returnTo"])
        return try await submit(credential: "code", in: context) {
            let entrance = try await flows.console.enter(
                with: Self.ticket(in: request), code: form["code"], from: client(of: request, in: context))
            guard !entrance.recoveryCodes.isEmpty else { return Self.entering(entrance, to: destination) }
            var response = try show(entrance.recoveryCodes, next: destination?.value ?? "/", in: context)
            for cookie in ConsoleCookies.setting(entrance) { response.headers.append(cookie) }
            return response
        } again: { message in
            try await showSecondFactor(returnTo: destination, refused: message, to: request, in: context)
        }
    }

    /// Recovery codes, which are shown once.
    func show(
        _ codes: [String], next: String, at place: ConsolePlace = .elsewhere, in context: ConsoleRequestContext
    ) throws -> Response {
        let view = RecoveryCodesView(title: context.book["console.codes.title"], codes: codes, next: next)
        return try renderer.response(.codes, title: view.title, content: view, at: place, in: context)
    }

    private func showSecondFactor(
        returnTo destination: LocalPath?, refused message: PageMessage? = nil, to request: Request,
        in context: ConsoleRequestContext
    ) async throws -> Response {
        var offer: ConsoleAccess.Offer?
        do {
            offer = try await flows.console.offer(for: Self.ticket(in: request))
        } catch AccountError.conflict {
            // There is a second factor: its code is asked for, and no other is offered.
        } catch AccountError.notAuthenticated {
            return .redirect(to: destination?.logIn ?? "/login")
        }
        return try show(
            .secondFactor, hidden: [("returnTo", destination?.value ?? "")], refused: message, offer: offer, to: request,
            in: context)
    }

    private static func ticket(in request: Request) -> String { request.cookies[ConsoleCookies.ticket]?.value ?? "" }
}
