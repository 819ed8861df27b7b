import Languages
import WebPages

/// A form as a template shows it.
struct FormView {
    let action: String
    let button: String
    let buttonDetail: String?
    let isDestructive: Bool
    let username: String?
    let signOnPath: String
    let token: String
    let fields: [FieldView]
    let hidden: [FormPage.HiddenField]
    let notice: NoticeView?
    let problem: ProblemView?

    init(_ page: FormPage, token: String, refused message: PageMessage?, in book: Phrasebook) {
        action = page.purpose.action
        button = page.button ?? page.purpose.button(in: book)
        buttonDetail = page.buttonDetail
        isDestructive = page.purpose.isDestructive
        username = page.username
        signOnPath = page.signOnPath
        self.token = token
        hidden = page.hidden
        notice = page.notice
        let fields = page.fields.map { field in
            FieldView(field, in: page.purpose, value: page.typed[field], refused: message, book)
        }
        self.fields = fields
        problem = message.map { ProblemView($0, fields: fields) }
    }
}
