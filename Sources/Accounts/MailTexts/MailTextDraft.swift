import Languages

/// What an admin changes of one kind of mail; nil leaves a thing as it is.
public struct MailTextDraft: Hashable, Sendable {
    /// A text may be given back to the default, which is not the same as leaving it.
    public enum Content: Hashable, Sendable {
        /// All texts of the language.
        case reset
        /// Fields by their names; nil for the default one.
        case fields([String: String?])
    }

    public var isEnabled: Bool?
    public var content: Content?

    public init(isEnabled: Bool? = nil, content: Content? = nil) {
        self.isEnabled = isEnabled
        self.content = content
    }

    /// - Throws: ``AccountError/invalidFields(_:)``.
    func apply(to template: inout CustomMailTemplate, in language: Language) throws {
        if isEnabled == false, !template.name.mayBeOff {
            throw AccountError.invalidField(
                .invalid("enabled", "must be true: without this mail nobody gets in, or learns what concerns safety"))
        }
        template.isEnabled = isEnabled ?? template.isEnabled
        switch content {
        case nil: return
        case .reset: template.texts[language] = nil
        case .fields(let fields):
            var text = template.texts[language] ?? MailText()
            for (name, value) in fields {
                switch name {
                case "subject": text.subject = value
                case "title": text.title = value
                case "body": text.body = value
                case "button_label": text.buttonLabel = value
                default: throw AccountError.invalidField(.invalid("content.\(name)", "is not a text of a mail"))
                }
            }
            try text.check(for: template.name)
            template.texts[language] = text == MailText() ? nil : text
        }
    }
}
