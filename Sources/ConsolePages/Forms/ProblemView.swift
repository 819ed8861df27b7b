import Languages

/// What went wrong, above a form, with ways to the fields.
struct ProblemView {
    struct Item {
        /// The id of the field; nil where it is about none.
        let field: String?
        let text: String
    }

    let title: String
    let text: String?
    let items: [Item]
    let hasItems: Bool

    init(title: String, text: String?, items: [Item]) {
        self.title = title
        self.text = text
        self.items = items
        hasItems = !items.isEmpty
    }

    /// - Parameter fields: of the form, from top to bottom.
    init(_ message: PageMessage, fields: [FieldView]) {
        let items = fields.compactMap { field in field.error.map { Item(field: field.id, text: $0) } }
        self.init(title: message.title, text: items.isEmpty ? message.text : nil, items: items)
    }
}
