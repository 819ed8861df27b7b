import Accounts
import Languages
import WebPages

/// What the template of all admins shows.
struct AdminsView {
    struct Row {
        let email: String
        let path: String
        let role: String
        let since: String
    }

    let title: String
    let rows: [Row]
    let fields: [FieldView]
    let role: SelectView
    let notice: NoticeView?
    let problem: ProblemView?

    init(_ admins: [Admin], _ typed: FormFields, notice: String?, refused message: PageMessage?, in book: Phrasebook) {
        title = book["console.admins.title"]
        rows = admins.map {
            Row(
                email: $0.email.value, path: "/admins/\($0.id)", role: $0.role.label(in: book), since: book.day($0.createdAt))
        }
        let fields = [
            FieldView(
                "email", label: book["console.fields.email"], isAddress: true, value: typed["email"], refused: message, in: book)
        ]
        self.fields = fields
        role = SelectView.roles(selected: AdminRole(rawValue: typed["role"]) ?? .viewer, in: book)
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: fields) }
    }
}

extension SelectView {
    /// The roles with what they may.
    static func roles(selected: AdminRole, in book: Phrasebook) -> SelectView {
        SelectView(
            "role", label: book["console.account.role"],
            options: AdminRole.allCases.map { ($0.rawValue, "\($0.label(in: book)): \($0.meaning(in: book))") },
            selected: selected.rawValue)
    }
}
