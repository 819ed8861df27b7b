import Accounts
import Languages
import WebPages

/// One part of the list of a document's operations: all of them, or those that somebody looks for.
struct OperationList {
    /// How many operations stand on one page.
    static let pageSize = 100
    /// From how many operations on there is something to search in.
    private static let searchable = 8

    let html: HTML
    let search: String?
    let isSearchable: Bool
    let hasOperations: Bool
    let count: String
    /// The count as a script says it of what it finds, which it puts in the place of `{found}`.
    let countOfFound: String
    /// What is said where nothing is found.
    let nothing: String?
    let pager: Pager

    /// - Parameters:
    ///   - search: words, each of which must be found; nil for everything.
    ///   - page: counted from 1.
    init(_ document: RenderedDocument, search: String?, page: Int, at paths: DocumentPaths, in book: Phrasebook) {
        let words = search.map { PublishedAPI.key(of: $0).split(separator: " ") } ?? []
        let found = document.entries.filter { entry in words.allSatisfy { entry.key.contains($0) } }
        self.search = search
        isSearchable = document.entries.count > Self.searchable
        hasOperations = !document.entries.isEmpty
        let total = book.text("portal.document.operationCount", count: document.entries.count)
        countOfFound = book.text("portal.catalog.found", ["found": "{found}", "total": total])
        count = search == nil ? total : book.text("portal.catalog.found", ["found": book.number(found.count), "total": total])
        nothing = found.isEmpty ? search.map { book.text("portal.catalog.nothingMatches", ["search": $0]) } : nil
        pager = Pager(
            page: page, size: Self.pageSize, total: found.count, path: paths.api,
            query: search.map { [("find", $0)] } ?? [], in: book)
        let start = (pager.page - 1) * Self.pageSize
        html = Self.list(found[min(start, found.count)..<min(start + Self.pageSize, found.count)], under: document.headings)
    }

    private static func list(_ entries: ArraySlice<RenderedDocument.Entry>, under headings: [HTML]) -> HTML {
        var html = HTML()
        var rest = entries
        while let group = rest.first?.group {
            let members = rest.prefix { $0.group == group }
            rest = rest.dropFirst(members.count)
            html.element("section", .class("group")) { section in
                section.append(headings[group])
                section.element("ul", .class("operations")) { list in
                    for entry in members { list.append(entry.html) }
                }
            }
        }
        return html
    }
}
