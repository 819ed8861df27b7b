import WebPages

/// An API's document as HTML in one language, ready to be put into pages.
struct RenderedDocument: Sendable {
    /// One operation in the list of them.
    struct Entry: Sendable {
        /// Where its heading stands among ``RenderedDocument/headings``.
        let group: Int
        let html: HTML
        /// In which a search among the operations looks for its words.
        let key: String
    }

    /// A part of the document that has a page of its own.
    struct Part: Sendable {
        let title: String
        let html: HTML
    }

    let overview: HTML
    /// Those of the operations' groups, by tag.
    let headings: [HTML]
    let entries: [Entry]
    /// All operations, where they are few and short enough to stand on the API's own page.
    let operationsInFull: HTML?
    /// The list of the schemas.
    let schemaList: HTML
    /// By ``APIOperation/id``.
    let operations: [String: Part]
    /// By ``APINamedSchema/id``.
    let schemas: [String: Part]

    /// How much memory it takes, about.
    var size: Int {
        let parts = [operations, schemas].flatMap(\.values)
        return parts.reduce(overview.size + schemaList.size + (operationsInFull?.size ?? 0)) { $0 + $1.html.size + Self.overhead }
            + entries.reduce(0) { $0 + $1.html.size + $1.key.utf8.count + Self.overhead }
    }

    /// What a part takes besides its bytes.
    private static let overhead = 200
}
