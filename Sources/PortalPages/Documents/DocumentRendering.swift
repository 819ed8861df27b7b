import APIDocuments
import Accounts
import Languages
import WebPages

/// Makes the HTML of a document, in one language.
struct DocumentRendering {
    /// How large the operations may be together to stand on the API's own page, in bytes. With it the page, its styles and its
    /// script stay below 60 kB.
    static let mostInFull = 24 * 1024

    private let writer: DocumentWriter
    private var document: APIDocument { writer.document }

    init(of document: APIDocument, for api: PublishedAPI, in book: Phrasebook) {
        writer = DocumentWriter(document: document, of: api, in: book)
    }

    func rendered() -> RenderedDocument {
        let inFull = operationsInFull()
        let groups = groups
        var headings: [HTML] = []
        var entries: [RenderedDocument.Entry] = []
        var operations: [String: RenderedDocument.Part] = [:]
        for (number, group) in groups.enumerated() {
            headings.append(writer.heading(of: group))
            for operation in group.operations {
                let html = writer.entry(operation, isOnPage: inFull != nil)
                entries.append(RenderedDocument.Entry(group: number, html: html, key: key(of: operation)))
                operations[operation.id] = RenderedDocument.Part(
                    title: operation.title, html: writer.operation(operation, headingLevel: 1))
            }
        }
        let schemas = document.schemas.map { schema in
            (schema.id, RenderedDocument.Part(title: schema.name, html: writer.page(of: schema)))
        }
        return RenderedDocument(
            overview: writer.overview(), headings: headings, entries: entries, operationsInFull: inFull,
            schemaList: writer.schemaList(), operations: operations, schemas: Dictionary(schemas) { first, _ in first })
    }

    /// Those of the document, and its webhooks after them.
    private var groups: [OperationGroup] {
        let paths = document.groups.map { group in
            OperationGroup(
                title: group.name ?? (document.groups.count > 1 ? writer.book["portal.document.untagged"] : nil),
                description: group.description, link: group.externalDocumentation, operations: group.operations)
        }
        guard !document.webhooks.isEmpty else { return paths }
        return paths + [
            OperationGroup(
                title: writer.book["portal.document.webhooks"], description: nil, link: nil, operations: document.webhooks)
        ]
    }

    private func operationsInFull() -> HTML? {
        var html = HTML()
        for operation in document.operations + document.webhooks {
            html.element("article", .class("operation"), .id(DocumentPaths.place(ofOperation: operation.id))) {
                $0.append(writer.operation(operation, headingLevel: 3))
            }
            guard html.size <= Self.mostInFull else { return nil }
        }
        return html
    }

    private func key(of operation: APIOperation) -> String {
        let texts = ["\(operation.method.name) \(operation.path)", operation.operationID, operation.summary].compactMap(\.self)
        return PublishedAPI.key(of: (texts + operation.tags).joined(separator: "\n"))
    }
}
