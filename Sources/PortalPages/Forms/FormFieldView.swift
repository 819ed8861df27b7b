import Languages

/// A field as a template shows it.
struct FormFieldView {
    let id: String
    let label: String
    /// `text` for addresses too: browsers let no international address through an `email` field.
    let type: String
    let autocomplete: String
    let isEmail: Bool
    let value: String?
    let hint: String?
    let error: String?
    /// The ids of what belongs to the field: its hint and its error.
    let description: String?

    init(_ field: FormField, in form: FormPurpose, value: String?, error: String?, _ book: Phrasebook) {
        id = field.rawValue
        label = field.label(in: book)
        type = field.isSecret ? "password" : "text"
        autocomplete = field.autocomplete(in: form)
        isEmail = field == .email
        self.value = field.isSecret ? nil : value
        hint = field.hint(in: form, book)
        self.error = error
        let ids = [hint.map { _ in "\(field.rawValue)-hint" }, error.map { _ in "\(field.rawValue)-error" }].compactMap(\.self)
        description = ids.isEmpty ? nil : ids.joined(separator: " ")
    }
}
