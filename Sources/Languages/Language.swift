/// A language in which pages and mails speak.
public enum Language: String, Hashable, Sendable, Codable, CaseIterable {
    case english = "en"
    case german = "de"
    case spanish = "es"
    case french = "fr"
    case japanese = "ja"

    /// Where nothing else was asked for.
    public static let fallback = Language.english

    /// The tag of BCP 47.
    public var tag: String { rawValue }

    /// The language's name in the language itself.
    public var nativeName: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        case .spanish: "Español"
        case .french: "Français"
        case .japanese: "日本語"
        }
    }

    /// Which form of a text goes with a number (Unicode CLDR, cardinal rules for whole numbers).
    func plural(of number: Int) -> Plural {
        switch self {
        case .english, .german, .spanish: number == 1 ? .one : .other
        case .french: number == 0 || number == 1 ? .one : .other
        case .japanese: .other
        }
    }

    enum Plural: String {
        case one, other
    }
}
