import APIDocuments
import Accounts
import Languages
import WebPages

/// Writes the parts of a document as HTML. Descriptions are the only HTML that a document brings along, and `APIDocuments` has made
/// it of a fixed set of elements; everything else goes in as text.
struct DocumentWriter {
    /// From which size on a page shows no further schemas and examples, and leads to the pages where they are; in bytes.
    static let fullPage = 160 * 1024

    let document: APIDocument
    /// What the document is about, as the catalog names it.
    let api: PublishedAPI
    let paths: DocumentPaths
    let book: Phrasebook
    /// The ids of the schemas that have pages, by their names.
    private let schemaIDs: [String: String]
    /// The ids of the pages of operations, by the ids that the document gives them.
    private let operationIDs: [String: String]

    init(document: APIDocument, of api: PublishedAPI, in book: Phrasebook) {
        self.document = document
        self.api = api
        paths = DocumentPaths(slug: api.slug)
        self.book = book
        schemaIDs = Dictionary(document.schemas.map { ($0.name, $0.id) }) { first, _ in first }
        let operations = document.operations.compactMap { operation in operation.operationID.map { ($0, operation.id) } }
        operationIDs = Dictionary(operations) { first, _ in first }
    }

    /// The page of an operation, by the id that the document gives it; nil where there is none.
    func path(ofOperation id: String) -> String? { operationIDs[id].map(paths.operation) }

    /// The page of a component; nil where it has none.
    func path(ofSchema name: String) -> String? { schemaIDs[name].map(paths.schema) }

    func heading(_ level: Int, _ text: String, into html: inout HTML) {
        switch level {
        case ...1: html.element("h1", text: text)
        case 2: html.element("h2", text: text)
        case 3: html.element("h3", text: text)
        case 4: html.element("h4", text: text)
        case 5: html.element("h5", text: text)
        default: html.element("h6", text: text)
        }
    }

    /// A description, whose own headings come below the one that it stands under.
    func description(_ text: Markdown?, below level: Int, into html: inout HTML) {
        guard let text else { return }
        html.element("div", .class("prose")) {
            $0.append(HTML(escaped: text.html(headingLevel: min(level + 1, 6)).description))
        }
    }

    func link(_ address: WebAddress, _ text: String, into html: inout HTML) {
        html.element("a", .href(address.description), HTML.Attribute("rel", "nofollow noopener noreferrer"), text: text)
    }

    func externalDocumentation(_ link: APILink?, below level: Int, into html: inout HTML) {
        guard let link else { return }
        description(link.description, below: level, into: &html)
        html.element("p") { self.link(link.url, link.url.description, into: &$0) }
    }

    func tag(_ text: String, isStrong: Bool = false, into html: inout HTML) {
        html.element("span", .class(isStrong ? "tag strong" : "tag"), text: text)
    }

    /// A term and what it means, as a row of a list of facts.
    func fact(_ term: String, into html: inout HTML, content: (inout HTML) -> Void) {
        html.element("div") { row in
            row.element("dt", text: term)
            row.element("dd", content: content)
        }
    }
}
