import HTMLEscaping
import HTTPTypes
import Hummingbird
import Mustache

/// Makes pages of templates. Everything that a template shows is escaped.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    private let geoName: String
    private let hasMailbox: Bool

    /// What the layout shows: the site around, and the page inside.
    private struct Page<Content> {
        let title: String
        let site: SiteView
        /// The name of the template inside the layout.
        let template: String
        let content: Content
    }

    /// - Throws: ``PageError/unreadableTemplate(_:reason:)``.
    init(geoName: String, hasMailbox: Bool) throws {
        self.geoName = geoName
        self.hasMailbox = hasMailbox
        EscapedHTML.register()
        var library = MustacheLibrary()
        for template in PageTemplate.allCases {
            do {
                try library.register(EscapedHTML.pragma + template.source, named: template.rawValue)
            } catch let error as MustacheTemplate.ParserError {
                throw PageError.unreadableTemplate(
                    template.rawValue, reason: "line \(error.context.lineNumber) has \(error.error): \(error.context.line)")
            }
        }
        self.library = library
    }

    /// - Throws: ``PageError/missingTemplate(_:)``.
    func response(
        _ template: PageTemplate, title: String, content: some Any, in context: PageRequestContext,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let site = SiteView(context, showing: template, geoName: geoName, hasMailbox: hasMailbox)
        let page = Page(title: title, site: site, template: template.rawValue, content: content)
        guard let html = library.render(page, withTemplate: PageTemplate.layout.rawValue) else {
            throw PageError.missingTemplate(PageTemplate.layout.rawValue)
        }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}
