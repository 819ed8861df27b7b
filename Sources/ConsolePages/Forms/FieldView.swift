import Accounts
import Languages

/// A field for text as a template shows it.
struct FieldView {
    let id: String
    let label: String
    /// `text` for addresses too: browsers let no international address through an `email` field.
    let type: String
    let autocomplete: String
    let value: String?
    let hint: String?
    let error: String?
    let isRequired: Bool
    /// The ids of what belongs to the field: its hint and its error.
    let description: String?

    init(
        _ id: String, label: String, type: String = "text", autocomplete: String = "off", value: String? = nil,
        hint: String? = nil, isRequired: Bool = true, refused message: PageMessage? = nil, in book: Phrasebook
    ) {
        self.id = id
        self.label = label
        self.type = type
        self.autocomplete = autocomplete
        self.value = value
        self.hint = hint
        self.isRequired = isRequired
        error = message?.fields[id].map { $0.sentence(about: label, in: book) }
        let ids = [hint.map { _ in "\(id)-hint" }, error.map { _ in "\(id)-error" }].compactMap(\.self)
        description = ids.isEmpty ? nil : ids.joined(separator: " ")
    }
}

/// A choice of one among some as a template shows it.
struct SelectView {
    struct Option {
        let value: String
        let label: String
        let isSelected: Bool
    }

    let id: String
    let label: String
    let options: [Option]

    init(_ id: String, label: String, options: [(value: String, label: String)], selected: String) {
        self.id = id
        self.label = label
        self.options = options.map { Option(value: $0.value, label: $0.label, isSelected: $0.value == selected) }
    }
}

/// Something that is on or off as a template shows it.
struct SwitchView {
    let id: String
    let label: String
    let hint: String?
    let isOn: Bool

    init(_ id: String, label: String, hint: String? = nil, isOn: Bool) {
        self.id = id
        self.label = label
        self.hint = hint
        self.isOn = isOn
    }
}

extension FieldError {
    /// The error as a sentence that can stand alone.
    func sentence(about label: String, in book: Phrasebook) -> String {
        let about = ["field": label]
        switch rule {
        case .required, .minimumLength(1): return book.text("console.fieldErrors.missing", about)
        case .minimumLength(let limit):
            return book.text("console.fieldErrors.tooShort", about.merging(["limit": book.number(limit)]) { kept, _ in kept })
        case .maximumLength(let limit):
            return book.text("console.fieldErrors.tooLong", about.merging(["limit": book.number(limit)]) { kept, _ in kept })
        default:
            return switch cause {
            case .noEmailAddress: book["console.fieldErrors.noAddress"]
            case .domainNotPermitted: book.text("console.fieldErrors.domain", about)
            case .nameLikeAddress: book.text("console.fieldErrors.nameLikeAddress", about)
            default: book.text("console.fieldErrors.invalid", about)
            }
        }
    }
}
