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
    }

    let action: String
    let button: String
    let token: String
    let fields: [FormFieldView]
    let hidden: [FormPage.HiddenField]
    let notice: Notice?
    let problem: Problem?

    init(_ page: FormPage, token: String, refused message: PageMessage?) {
        action = page.purpose.action
        button = page.purpose.button
        self.token = token
        hidden = page.hidden
        notice = page.notice
        fields = page.purpose.fields.map { field in
            FormFieldView(field, in: page.purpose, value: page.typed[field], error: message?.fields[field])
        }
        problem = message.map { message in
            let items = page.purpose.fields.compactMap { field in
                message.fields[field].map { Problem.Item(field: field.rawValue, text: $0) }
            }
            return Problem(title: message.title, text: message.text, items: items)
        }
    }
}
