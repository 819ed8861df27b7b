import Accounts
import Hummingbird
import Languages
import WebPages

/// What the template of an invitation shows.
private struct InvitationView {
    let title: String
    let action: String
    let fields: [FieldView]
    let language: SelectView
    let back: String
    let problem: ProblemView?

    init(_ typed: FormFields, at portal: Portal, refused message: PageMessage?, in book: Phrasebook) {
        title = book["console.invite.title"]
        back = PortalArea.developers.path(at: portal)
        action = "\(back)/invite"
        fields = [
            FieldView(
                "full_name", label: book["console.fields.name"], value: typed["full_name"], refused: message, in: book),
            FieldView(
                "email", label: book["console.fields.email"], isAddress: true, value: typed["email"], refused: message, in: book),
        ]
        language = SelectView(
            "language", label: book["console.invite.language"], options: Language.allCases.map { ($0.tag, $0.nativeName) },
            selected: typed["language"].isEmpty ? book.language.tag : typed["language"])
        problem = message.map { [fields] message in ProblemView(message, fields: fields) }
    }
}

/// Inviting a developer, who is approved and sets a password by the mailed link.
extension ConsolePages {
    /// `GET /portals/{portal}/developers/invite`
    @Sendable func invitationForm(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try show(FormFields([]), at: try await portal(in: context), in: context)
    }

    /// `POST /portals/{portal}/developers/invite`
    @Sendable func invite(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let portal = try await portal(in: context)
        return try await submit(conflict: "console.invite.known", in: context) {
            let developer = try await flows.invitation.create(
                fullName: form["full_name"], email: form["email"], language: Language(rawValue: form["language"]),
                status: .approved, sendsMail: true, at: portal, by: context.actor)
            return .redirect(to: "\(PortalArea.developers.path(at: portal))/\(developer.id)?done=invite")
        } again: { message in
            try show(form, at: portal, refused: message, in: context)
        }
    }

    private func show(
        _ typed: FormFields, at portal: Portal, refused message: PageMessage? = nil, in context: ConsoleRequestContext
    ) throws -> Response {
        let view = InvitationView(typed, at: portal, refused: message, in: context.book)
        return try renderer.response(
            .invitation, title: view.title, content: view, at: .portal(portal, .developers), in: context,
            status: message?.status ?? .ok)
    }
}
