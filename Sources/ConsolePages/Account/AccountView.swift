import Accounts
import Languages
import WebPages

/// What the template of an admin's own account shows.
struct AccountView {
    struct Session {
        let id: String
        let agent: String
        let started: String
        let lastSeen: String
        let isCurrent: Bool
    }

    let title: String
    let email: String
    let role: String
    let secondFactor: String
    let hasSecondFactor: Bool
    let fields: [FieldView]
    let sessions: [Session]
    let notice: NoticeView?
    let problem: ProblemView?

    init(
        _ session: ConsoleSession, secondFactor: (isSet: Bool, recoveryCodes: Int), sessions: [ConsoleSession], notice: String?,
        refused message: PageMessage?, in book: Phrasebook
    ) {
        title = book["console.account.title"]
        email = session.admin.email.value
        role = session.admin.role.label(in: book)
        hasSecondFactor = secondFactor.isSet
        self.secondFactor =
            secondFactor.isSet
            ? book.text("console.account.codesLeft", count: secondFactor.recoveryCodes) : book["console.account.noFactor"]
        let fields = [
            FieldView(
                "current_password", label: book["console.fields.currentPassword"], type: "password",
                autocomplete: "current-password", refused: message, in: book),
            FieldView(
                "new_password", label: book["console.fields.newPassword"], type: "password", autocomplete: "new-password",
                hint: book["console.password.hint"], refused: message, in: book),
        ]
        self.fields = fields
        self.sessions = sessions.map {
            Session(
                id: $0.id.description, agent: $0.agent ?? book["console.account.unknownBrowser"],
                started: book.minute($0.startedAt), lastSeen: book.minute($0.lastSeenAt), isCurrent: $0.id == session.id)
        }
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: fields) }
    }
}
