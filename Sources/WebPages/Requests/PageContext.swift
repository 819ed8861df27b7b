import Hummingbird
import Languages

/// What every page knows of its request.
public protocol PageContext: RequestContext {
    /// Under which the request is logged.
    var requestID: String { get }
    /// The texts in the language of whoever looks.
    var book: Phrasebook { get set }
    /// The ways to the page in other languages; nil where there are none.
    var languages: LanguageSwitch? { get set }
}

extension PageContext {
    /// Finds the language in which a page answers.
    public mutating func speak(to request: Request) {
        let language = LanguageChoice(for: request).language
        book = Phrasebook.of(language)
        languages = LanguageSwitch(at: request, in: language)
    }
}
