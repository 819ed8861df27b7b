import Languages
import WebPages

extension FieldView {
    /// A field of a form of ours; without its value where it is secret.
    init(_ field: FormField, in form: FormPurpose, value: String?, refused message: PageMessage?, _ book: Phrasebook) {
        self.init(
            field.rawValue, label: field.label(in: book), type: field.isSecret ? "password" : "text",
            autocomplete: field.autocomplete(in: form), isAddress: field == .email, value: field.isSecret ? nil : value,
            hint: field.hint(in: form, book), request: field.request(in: book), refused: message, in: book)
    }
}
