/// What an admin changes of a portal's look; nil leaves a thing as it is, and images have operations of their own.
public struct LookDraft: Hashable, Sendable {
    public static let accentField = "theme.colors.primary"
    public static let welcomeTitleField = "welcome.title"
    public static let welcomeTextField = "welcome.text"

    /// A thing may be taken away, which is not the same as leaving it.
    public enum Text: Hashable, Sendable {
        case none
        case text(String)

        public init(_ text: String?) { self = text.map(Text.text) ?? .none }

        fileprivate var value: String? {
            guard case .text(let text) = self else { return nil }
            return text
        }
    }

    /// `#rrggbb` or `#rgb`.
    public var accent: Text?
    public var welcomeTitle: Text?
    public var welcomeText: Text?

    public init(accent: Text? = nil, welcomeTitle: Text? = nil, welcomeText: Text? = nil) {
        self.accent = accent
        self.welcomeTitle = welcomeTitle
        self.welcomeText = welcomeText
    }

    /// The same, with what is not named taken away.
    var whole: LookDraft {
        LookDraft(
            accent: accent ?? Text.none, welcomeTitle: welcomeTitle ?? Text.none, welcomeText: welcomeText ?? Text.none)
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` naming ``accentField``, ``welcomeTitleField``, ``welcomeTextField``.
    func check() throws {
        var errors: [FieldError] = []
        if case .text(let text) = accent, AccentColor(text) == nil {
            errors.append(.invalid(Self.accentField, "must be a colour such as #0b5f7a or #07a"))
        }
        if case .text(let text) = welcomeTitle {
            errors += FieldError.ofLine(text, Self.welcomeTitleField, maximum: PortalLook.maximumWelcomeTitleLength)
        }
        if case .text(let text) = welcomeText {
            errors += FieldError.ofText(text, Self.welcomeTextField, maximum: PortalLook.maximumWelcomeTextLength)
        }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
    }

    func apply(to look: inout PortalLook) {
        if let accent { look.accent = accent.value.flatMap { AccentColor($0) } }
        if let welcomeTitle { look.welcomeTitle = welcomeTitle.value }
        if let welcomeText { look.welcomeText = welcomeText.value }
    }
}
