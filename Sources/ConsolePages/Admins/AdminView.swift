import Accounts
import Languages
import WebPages

/// What the template of one admin shows.
struct AdminView {
    struct Token {
        let id: String
        let name: String
        let made: String
        let used: String
        let expires: String
    }

    let title: String
    let action: String
    let tokensAction: String
    let role: SelectView
    let fields: [FieldView]
    let tokens: [Token]
    let hasTokens: Bool
    let notice: NoticeView?
    let problem: ProblemView?

    init(
        _ admin: Admin, tokens: [AdminToken], typed: FormFields, notice: String?, refused message: PageMessage?,
        in book: Phrasebook
    ) {
        title = admin.email.value
        action = "/admins/\(admin.id)"
        tokensAction = "\(action)/tokens"
        role = SelectView.roles(selected: admin.role, in: book)
        let fields = [
            FieldView(
                "name", label: book["console.tokens.name"], value: typed["name"], hint: book["console.tokens.nameHint"],
                refused: message, in: book),
            FieldView(
                "days", label: book["console.tokens.days"], type: "number",
                value: typed["days"].isEmpty ? "\(NewTokenForm.usualDays)" : typed["days"], refused: message, in: book),
        ]
        self.fields = fields
        self.tokens = tokens.map {
            Token(
                id: $0.id.description, name: $0.name, made: book.day($0.createdAt),
                used: $0.lastUsedAt.map { book.minute($0) } ?? book["console.tokens.neverUsed"],
                expires: $0.expiresAt.map { book.day($0) } ?? book["console.tokens.never"])
        }
        hasTokens = !tokens.isEmpty
        self.notice = NoticeView(notice)
        problem = message.map { ProblemView($0, fields: fields) }
    }
}
