/// A description in CommonMark, of which the usual parts are rendered: paragraphs, headings, lists, block quotes, code, tables,
/// emphasis and links.
///
/// Of HTML a few usual tags mean what they say (``MarkdownTag``), all else of it is shown as text. Links lead to `http`, `https`, `mailto`
/// or a place in the page, and pass nothing on. Images become links: a page loads nothing from anywhere.
public struct Markdown: Sendable, Equatable {
    /// Without control characters, cut to a limit.
    public let source: String

    init(cleaned source: String) { self.source = source }

    /// - Parameter headingLevel: the level that a heading of the first level gets, 1 to 6; those below it follow, down to 6.
    public func html(headingLevel: Int = 4) -> SafeHTML {
        SafeHTML(escaped: MarkdownBlocks(headingLevel: headingLevel).html(of: source))
    }

    /// As ``html(headingLevel:)`` with headings below an operation's.
    public var html: SafeHTML { html() }
}
