/// What asks once more before something is done that is hard to undo or concerns many.
struct ConfirmationView {
    struct HiddenField {
        let name: String
        let value: String
    }

    let title: String
    let text: String
    /// What it is about.
    let names: [String]
    let action: String
    let hidden: [HiddenField]
    let button: String
    /// Whether something is taken away, which the button's colour says.
    let isDestructive: Bool
    /// Where whoever does not want it goes.
    let back: String

    /// The field that says that somebody was asked.
    static let field = "confirmed"

    init(
        title: String, text: String, names: [String], action: String, fields: [(String, String)], button: String,
        isDestructive: Bool = true, back: String
    ) {
        self.title = title
        self.text = text
        self.names = names
        self.action = action
        hidden = (fields + [(Self.field, "yes")]).map { HiddenField(name: $0.0, value: $0.1) }
        self.button = button
        self.isDestructive = isDestructive
        self.back = back
    }
}
