import HTTPConventions
import HTTPTypes
import Hummingbird
import Languages

/// The language of a page: what the person chose on these pages, or what the browser wishes for.
public struct LanguageChoice: Sendable {
    public static let cookieName = "portallanguage"

    public let language: Language

    public init(for request: Request) {
        let chosen = request.cookies[Self.cookieName].flatMap { Language(rawValue: $0.value) }
        language = chosen ?? request.wishedLanguage ?? .fallback
    }

    /// What a browser keeps of a choice, for a year.
    public static func cookie(choosing language: Language) -> HTTPField {
        HTTPField(
            name: .setCookie,
            value: "\(cookieName)=\(language.tag); Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Lax")
    }
}
