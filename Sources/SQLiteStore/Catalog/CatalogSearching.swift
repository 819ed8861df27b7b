import Accounts
import Foundation
import GRDB

/// One page of the APIs that a search finds.
///
/// ```
/// names that begin so           -> the index of names, from there
/// names with the words in them  -> the index of three characters, in names
/// the rest                      -> the index of three characters
/// ```
/// Each stops when enough is found, so that a word that stands everywhere costs no more than one that stands in few; a ranking by
/// how often would have to look at all of them.
struct CatalogSearching {
    let database: Database
    let portal: PortalID
    let visibility: Visibility
    let search: CatalogSearch

    private typealias Query = (sql: String, arguments: StatementArguments)

    func page(_ page: PageRequest) throws -> Page<CatalogEntry> {
        let (end, isBeyond) = page.offset.addingReportingOverflow(page.size)
        guard !isBeyond else { return Page(elements: [], total: try found(CatalogSearch.countedMatches).count) }
        let found = try found(max(end, CatalogSearch.countedMatches))
        let shown = try found.dropFirst(page.offset).prefix(page.size).map { try entry($0) }
        return Page(elements: shown.compactMap(\.self), total: found.count)
    }

    /// The ids of the first so many, and one more where there is one.
    private func found(_ count: Int) throws -> [Data] {
        var ids: [Data] = []
        for query in [namesFromTheStart, namesWithTheWords, theRest] {
            let room = count - ids.count
            guard room >= 0 else { break }
            let rows = try database.rows("\(query.sql) LIMIT ?", query.arguments + [room + 1])
            ids += try rows.map { try $0.value("id") }
        }
        return ids
    }

    private func entry(_ id: Data) throws -> CatalogEntry? {
        try database.row(
            """
            SELECT \(PublishedAPI.columns), publication.visibility
            FROM api JOIN publication ON publication.portal = ? AND publication.api = api.id \(PublishedAPI.specificationJoin)
            WHERE api.id = ?
            """, [portal.stored, id]
        ).map(CatalogEntry.init(row:))
    }

    // MARK: The three ranks

    private var range: StatementArguments { [search.phrase, search.phrase + "\u{10FFFF}"] }

    private var namesFromTheStart: Query {
        (
            """
            SELECT api AS id FROM publication INDEXED BY \(APIListing.names(visibleAs: visibility))
            WHERE portal = ?\(visible) AND name_key >= ? AND name_key < ? ORDER BY name_key, api
            """, [portal.stored] + range
        )
    }

    private var namesWithTheWords: Query {
        let words = StatementArguments(search.words)
        let inName = search.words.map { _ in " AND instr(publication.name_key, ?) > 0" }.joined()
        let notFirst = "NOT (publication.name_key >= ? AND publication.name_key < ?)"
        guard let match = match(in: "name") else {
            return (
                """
                SELECT api AS id FROM publication INDEXED BY \(APIListing.names(visibleAs: visibility))
                WHERE portal = ?\(visible)\(inName) AND \(notFirst) ORDER BY name_key, api
                """, [portal.stored] + words + range
            )
        }
        return (
            """
            SELECT api.id FROM api_text \(joins) WHERE api_text MATCH ?\(visible)\(inName) AND \(notFirst)
            ORDER BY api_text.rowid
            """, [portal.stored, match] + words + range
        )
    }

    private var theRest: Query {
        let words = StatementArguments(search.words)
        let notInName = "NOT (TRUE\(search.words.map { _ in " AND instr(publication.name_key, ?) > 0" }.joined()))"
        let (own, ownWords) = ownTexts
        guard let match = match(in: nil) else {
            return (
                """
                SELECT api.id FROM publication INDEXED BY \(APIListing.names(visibleAs: visibility))
                CROSS JOIN api ON api.id = publication.api
                WHERE publication.portal = ?\(visible) AND \(notInName)\(own) ORDER BY publication.name_key, publication.api
                """, [portal.stored] + words + ownWords
            )
        }
        return (
            "SELECT api.id FROM api_text \(joins) WHERE api_text MATCH ?\(visible) AND \(notInName)\(own) ORDER BY api_text.rowid",
            [portal.stored, match] + words + ownWords
        )
    }

    // MARK: Parts of queries

    private var visible: String { APIListing.visible(as: visibility) }

    private var joins: String {
        """
        CROSS JOIN api ON api.number = api_text.rowid
        CROSS JOIN publication ON publication.portal = ? AND publication.api = api.id
        """
    }

    /// Short words have to stand in what is said of the API itself.
    private var ownTexts: Query {
        var query: Query = ("", [])
        for word in search.shortWords {
            query.sql += " AND (instr(api.name_key, ?) > 0 OR instr(api.slug, ?) > 0 OR instr(api.version_key, ?) > 0 "
            query.sql += "OR instr(api.description_key, ?) > 0)"
            query.arguments += [word, word, word, word]
        }
        return query
    }

    /// What the index is asked for; nil where all words are too short for it.
    private func match(in column: String?) -> String? {
        guard !search.longWords.isEmpty else { return nil }
        let words = search.longWords.map(TextIndex.quoted).joined(separator: " AND ")
        return column.map { "\($0) : (\(words))" } ?? words
    }
}
