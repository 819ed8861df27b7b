import Languages

/// A form as a template shows it.
struct FormView {
    /// What went wrong, above the form, with ways to the fields.
    struct Problem {
        struct Item {
            let field: String
            let text: String
        }

        let title: String
        let text: String?
        let items: [Item]
        let ways: [PageMessage.Way]
        let hasWays: Bool
    }

    let action: String
    let button: String
    let buttonDetail: String?
    let isDestructive: Bool
    let username: String?
    let signOnPath: String
    let token: String
    let fields: [FormFieldView]
    let hidden: [FormPage.HiddenField]
    let notice: Notice?
    let problem: Problem?

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
        fields = page.fields.map { field in
            FormFieldView(field, in: page.purpose, value: page.typed[field], error: message?.fields[field], book)
        }
        problem = message.map { message in
            let items = page.fields.compactMap { field in
                message.fields[field].map { Problem.Item(field: field.rawValue, text: $0) }
            }
            return Problem(
                title: message.title, text: message.text, items: items, ways: message.ways, hasWays: !message.ways.isEmpty)
        }
    }
}
