import HTTPTypes
import Hummingbird

/// Makes pages of templates. Everything that a template shows is escaped.
public struct PageRenderer<Site: PageSite>: Sendable {
    let site: Site
    private let templates: PageTemplates

    /// What the layout shows: what stands around, and the page inside.
    private struct Page<Content> {
        let words: [String: any Sendable]
        let language: String
        let title: String
        let frame: Frame
        let site: Site.View
        /// The name of the template inside the layout.
        let template: String
        let content: Content
    }

    /// What stands around every page, of whichever kind.
    private struct Frame {
        let geoName: String
        let baseStylesheet = PageAsset.baseStylesheet.path
        let languages: [LanguageSwitch.Option]
        let hasLanguages: Bool
    }

    /// - Throws: ``PageError/unreadableTemplate(_:reason:)``.
    public init(_ site: Site) throws {
        self.site = site
        templates = try PageTemplates(Site.Template.sources.merging(SharedTemplate.sources) { own, _ in own })
    }

    /// - Parameter place: where the page is; nil for where its template always is.
    /// - Throws: ``PageError/missingTemplate(_:)``.
    public func response(
        _ template: Site.Template, title: String, content: some Any, at place: Site.Place? = nil, in context: Site.Context,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try response(
            named: template.rawValue, title: title, content: content, at: place ?? site.place(showing: template), in: context,
            status: status)
    }

    /// The page of an error.
    func response(
        _ message: PageMessage, leadingOn ways: [PageMessage.Way], in context: Site.Context
    ) throws -> Response {
        let content = ErrorView(
            title: message.title, text: message.text, ways: ways, hasWays: !ways.isEmpty,
            reference: site.reference(in: context.book), requestID: context.requestID)
        return try response(
            named: SharedTemplate.error.rawValue, title: message.title, content: content, at: site.place(showing: nil),
            in: context, status: message.status)
    }

    private func response(
        named template: String, title: String, content: some Any, at place: Site.Place, in context: Site.Context,
        status: HTTPResponse.Status
    ) throws -> Response {
        let languages = context.languages?.options ?? []
        let page = Page(
            words: context.book.words, language: context.book.language.tag, title: title,
            frame: Frame(geoName: site.geoName, languages: languages, hasLanguages: !languages.isEmpty),
            site: site.view(at: place, in: context), template: template, content: content)
        let html = try templates.render(page, with: "layout")
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: context.book.language.tag],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}
