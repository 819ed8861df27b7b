import HTTPTypes
import Hummingbird
import WebPages

/// Makes pages of templates. Everything that a template shows is escaped.
struct PageRenderer: Sendable {
    private let templates: PageTemplates
    private let geoName: String

    /// What the layout shows: the site around, and the page inside.
    private struct Page<Content> {
        let words: [String: any Sendable]
        let language: String
        let title: String
        let site: SiteView
        /// The name of the template inside the layout.
        let template: String
        let content: Content
    }

    /// - Throws: ``PageError/unreadableTemplate(_:reason:)``.
    init(geoName: String) throws {
        self.geoName = geoName
        templates = try PageTemplates(
            Dictionary(uniqueKeysWithValues: ConsoleTemplate.allCases.map { ($0.rawValue, $0.bytes) }))
    }

    /// - Throws: ``PageError/missingTemplate(_:)``.
    func response(
        _ template: ConsoleTemplate, title: String, content: some Any, at place: ConsolePlace = .elsewhere,
        in context: ConsoleRequestContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let page = Page(
            words: context.book.words, language: context.book.language.tag, title: title,
            site: SiteView(context, at: place, geoName: geoName), template: template.rawValue, content: content)
        let html = try templates.render(page, with: ConsoleTemplate.layout.rawValue)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: context.book.language.tag],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}
