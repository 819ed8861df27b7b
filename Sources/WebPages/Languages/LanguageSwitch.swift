import HTTPTypes
import Hummingbird
import Languages

/// The ways to the same page in another language, at the foot of each page.
public struct LanguageSwitch: Sendable {
    public struct Option: Sendable {
        public let tag: String
        public let name: String
        public let path: String
        public let isCurrent: Bool
    }

    public let options: [Option]

    /// nil where the page's address holds something that must not be written into another address, such as a mailed token.
    public init?(at request: Request, in language: Language) {
        let queries = request.uri.query ?? ""
        guard request.method != .post, !["token=", "code=", "state="].contains(where: queries.contains),
            let path = LocalPath(queries.isEmpty ? request.uri.path : "\(request.uri.path)?\(queries)")
        else { return nil }
        options = Language.allCases.map { other in
            Option(
                tag: other.tag, name: other.nativeName, path: "/language/\(other.tag)?returnTo=\(path.encoded)",
                isCurrent: other == language)
        }
    }

    /// The language of a path such as `/language/de`.
    ///
    /// - Throws: 404 for a language that there is not.
    public static func language(_ tag: String?) throws -> Language {
        guard let language = tag.flatMap(Language.init(rawValue:)) else { throw HTTPError(.notFound) }
        return language
    }

    /// Keeps a choice in the browser, and leads back.
    public static func choosing(_ language: Language, from request: Request) -> Response {
        var response = Response.redirect(to: LocalPath(FormFields(queryOf: request)["returnTo"])?.value ?? "/")
        response.headers.append(LanguageChoice.cookie(choosing: language))
        return response
    }
}
