import HTTPTypes
import Hummingbird
import WebPages

extension PortalPages {
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    /// `GET /language/{tag}`: keeps the choice in the browser, and for a developer who is logged in with the account, so that mails
    /// speak it too.
    ///
    /// A link cannot carry a form's token; so the account changes only where the browser says that the link stands on a page of
    /// this portal. From elsewhere it would be another site that chooses.
    @Sendable func chooseLanguage(_ request: Request, context: PageRequestContext) async throws -> Response {
        let language = try LanguageSwitch.language(context.parameters.get("tag"))
        if let session = context.visitor.session, request.method == .get, Self.isFromHere(request) {
            _ = try await flows.ownAccount.chooseLanguage(language, in: session)
        }
        return LanguageSwitch.choosing(language, from: request)
    }

    private static func isFromHere(_ request: Request) -> Bool {
        fetchSite.flatMap { request.headers[$0] } == "same-origin"
    }
}
