import Languages

/// The texts of one kind of mail in one language; nil for the usual text.
///
/// Variables stand in them as `{{name}}`. They are data: what they bring is neither markup nor a variable again.
public struct MailText: Hashable, Sendable, Codable {
    public static let maximumLineLength = 1024
    public static let maximumBodyLength = 4096
    public static let maximumButtonLength = 128

    public var subject: String?
    public var title: String?
    /// Paragraphs with empty lines between them.
    public var body: String?
    public var buttonLabel: String?

    public init(subject: String? = nil, title: String? = nil, body: String? = nil, buttonLabel: String? = nil) {
        self.subject = subject
        self.title = title
        self.body = body
        self.buttonLabel = buttonLabel
    }

    /// Every text by the name of its field.
    var fields: [(name: String, text: String?, maximum: Int, isLine: Bool)] {
        [
            ("subject", subject, Self.maximumLineLength, true), ("title", title, Self.maximumLineLength, true),
            ("body", body, Self.maximumBodyLength, false), ("button_label", buttonLabel, Self.maximumButtonLength, true),
        ]
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` naming `content.subject` and so on, and in each the variable that is not there.
    func check(for template: MailTemplateName) throws {
        let errors = fields.flatMap { field -> [FieldError] in
            guard let text = field.text else { return [] }
            let name = "content.\(field.name)"
            var errors =
                field.isLine
                ? FieldError.ofLine(text, name, maximum: field.maximum) : FieldError.ofText(text, name, maximum: field.maximum)
            if !field.isLine, text.allSatisfy(\.isWhitespace) { errors = [.tooShort(name, minimum: 1)] }
            if !errors.isEmpty { return errors }
            return Self.problem(in: text, of: template).map { [.invalid(name, $0)] } ?? []
        }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }

    /// Whether every text can be filled; false for one that another version of the program took.
    public func isSound(for template: MailTemplateName) -> Bool { (try? check(for: template)) != nil }

    private static func problem(in text: String, of template: MailTemplateName) -> Wording? {
        guard let pieces = MailTextPieces(text) else { return "has a variable that does not end: {{ needs }}" }
        let known = template.variables.map(\.rawValue)
        guard let unknown = pieces.variables.first(where: { !known.contains($0) }) else { return nil }
        return
            "has the variable \"\(String(unknown.prefix(64)))\", which this mail does not have; it has \(known.joined(separator: ", "))"
    }
}
