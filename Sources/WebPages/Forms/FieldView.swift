import Languages

/// A field for text as a template shows it.
public struct FieldView: Sendable {
    public let id: String
    public let label: String
    /// `text` for addresses too: browsers let no international address through an `email` field.
    public let type: String
    public let autocomplete: String
    /// Whether it is for e-mail addresses, which other keyboards write better.
    public let isAddress: Bool
    public let value: String?
    public let hint: String?
    public let error: String?
    public let isRequired: Bool
    /// The ids of what belongs to the field: its hint and its error.
    public let description: String?

    /// - Parameters:
    ///   - id: of the field in the page, and its name in the form.
    ///   - request: what asks for it where nothing was typed; nil for the usual words with the label.
    ///   - message: why the form is shown again.
    public init(
        _ id: String, label: String, type: String = "text", autocomplete: String = "off", isAddress: Bool = false,
        value: String? = nil, hint: String? = nil, request: String? = nil, isRequired: Bool = true,
        refused message: PageMessage? = nil, in book: Phrasebook
    ) {
        self.id = id
        self.label = label
        self.type = type
        self.autocomplete = autocomplete
        self.isAddress = isAddress
        self.value = value
        self.hint = hint
        self.isRequired = isRequired
        error = message?.error(in: id).map { $0.sentence(about: label, asking: request, in: book) }
        let ids = [hint.map { _ in "\(id)-hint" }, error.map { _ in "\(id)-error" }].compactMap(\.self)
        description = ids.isEmpty ? nil : ids.joined(separator: " ")
    }
}
