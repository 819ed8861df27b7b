import Accounts
import Languages
import WebPages

/// What the template of an API's form shows.
struct APIFormView {
    let title: String
    let action: String
    let fields: [FieldView]
    let file: FieldView
    let pasted: String
    let isNew: Bool
    let button: String
    let problem: ProblemView?

    init(_ draft: APIForm, action: String, isNew: Bool, refused message: PageMessage?, in book: Phrasebook) {
        title = book["console.catalog.new"]
        self.action = action
        let hint = isNew ? book["console.catalog.fromDocument"] : nil
        let fields = [
            FieldView(
                "name", label: book["console.fields.name"], value: draft.name, hint: hint, isRequired: !isNew, refused: message,
                in: book),
            FieldView(
                "version", label: book["console.catalog.version"], value: draft.version, hint: hint, isRequired: false,
                refused: message, in: book),
            FieldView(
                "slug", label: book["console.catalog.slug"], value: draft.slug, hint: book["console.catalog.slugHint"],
                isRequired: !isNew, refused: message, in: book),
            FieldView(
                "description", label: book["console.catalog.description"], value: draft.description, isRequired: false,
                refused: message, in: book),
        ]
        self.fields = fields
        file = FieldView(
            APIForm.fileField, label: book["console.catalog.file"], type: "file", hint: book["console.catalog.fileHint"],
            isRequired: false, in: book)
        pasted = draft.pasted
        self.isNew = isNew
        button = isNew ? book["console.catalog.create"] : book["console.settings.save"]
        problem = message.map { message in
            let items = Self.reasons(message, in: book).map { ProblemView.Item(field: APIForm.documentField, text: $0) }
            return ProblemView(message, fields: fields, more: items)
        }
    }

    /// What is wrong with the document, place by place: what was expected there and what was found, in the words of its reader.
    private static func reasons(_ message: PageMessage, in book: Phrasebook) -> [String] {
        message.fields.filter { $0.field == APIForm.documentField }.map { error in
            error.rule == .invalid ? error.reason : error.sentence(about: book["console.catalog.file"], in: book)
        }
    }
}
