import Accounts
import Languages
import WebPages

/// A document on the page of its API, as a template shows it. What is HTML already goes in as it is.
struct DocumentView {
    let file: String
    /// On the button that downloads: "Download (YAML, 12 kB)".
    let download: String
    /// Nil where these pages cannot read the document.
    let parts: Parts?

    struct Parts {
        let overview: HTML
        let api: String
        let search: String?
        let isSearchable: Bool
        let hasOperations: Bool
        let count: String
        let countOfFound: String
        let nothing: String?
        let list: HTML
        let pager: Pager
        let operationsInFull: HTML?
        let schemas: HTML
    }

    init(
        _ document: RenderedDocument?, _ specification: Specification, list: OperationList?, at paths: DocumentPaths,
        in book: Phrasebook
    ) {
        file = paths.file
        download = Self.download(specification, in: book)
        guard let document, let list else {
            parts = nil
            return
        }
        parts = Parts(
            overview: list.pager.page == 1 && list.search == nil ? document.overview : HTML(), api: paths.api,
            search: list.search, isSearchable: list.isSearchable, hasOperations: list.hasOperations, count: list.count,
            countOfFound: list.countOfFound, nothing: list.nothing, list: list.html, pager: list.pager,
            operationsInFull: document.operationsInFull, schemas: document.schemaList)
    }

    static func download(_ specification: Specification, in book: Phrasebook) -> String {
        let kilobytes = book.number(max(1, specification.size / 1000))
        return book.text(
            "portal.document.download", ["format": specification.format.rawValue.uppercased(), "size": kilobytes])
    }
}
