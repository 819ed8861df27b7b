import Accounts
import GRDB

/// A part of the APIs and operations in which a search's words are found, from a place on.
struct CatalogFindingSearch {
    let database: Database
    let portal: PortalID
    let visibility: Visibility
    let search: CatalogSearch?

    func findings(after place: CatalogFinding.Place?, limit: Int) throws -> CatalogFindings {
        var found: [CatalogFinding] = []
        if place?.operation == nil { found = try apis(after: place?.api ?? 0, limit: limit + 1) }
        if found.count <= limit {
            let last = place.flatMap { place in place.operation.map { place.api << 16 | Int64($0) } } ?? -1
            found += try operations(after: last, limit: limit + 1 - found.count)
        }
        let shown = Array(found.prefix(limit))
        return CatalogFindings(findings: shown, next: found.count > limit ? shown.last?.place : nil)
    }

    private func apis(after number: Int64, limit: Int) throws -> [CatalogFinding] {
        let (short, shortWords) = short(in: ["api.name_key", "api.slug", "api.version_key", "api.description_key"])
        let match = match.map { "{name label} : (\($0))" }
        let source =
            match == nil
            ? "api INDEXED BY api_by_number" : "api_text CROSS JOIN api ON api.number = api_text.rowid"
        let place = match == nil ? "api.number" : "api_text.rowid"
        let condition = match == nil ? "" : " AND api_text MATCH ?"
        let rows = try database.rows(
            """
            SELECT \(place) AS place, \(PublishedAPI.columns), publication.visibility FROM \(source)
            CROSS JOIN publication ON publication.portal = ? AND publication.api = api.id \(PublishedAPI.specificationJoin)
            WHERE \(place) > ?\(condition)\(APIListing.visible(as: visibility))\(short) ORDER BY \(place) LIMIT ?
            """, [portal.stored, number] + StatementArguments([match].compactMap(\.self)) + shortWords + [limit])
        return try rows.map { row in
            CatalogFinding(
                entry: try CatalogEntry(row: row), operation: nil, place: .init(api: try row.value("place"), operation: nil))
        }
    }

    private func operations(after number: Int64, limit: Int) throws -> [CatalogFinding] {
        if search != nil, match == nil { return [] }
        let (short, shortWords) = short(in: ["operation_text.text"])
        let source =
            match == nil
            ? "operation" : "operation_text CROSS JOIN operation ON operation.number = operation_text.rowid"
        let place = match == nil ? "operation.number" : "operation_text.rowid"
        let condition = match == nil ? "" : " AND operation_text MATCH ?"
        let rows = try database.rows(
            """
            SELECT \(place) AS place, operation.method, operation.path, operation.operation_id, operation.summary,
                operation.tags, operation.anchor, \(PublishedAPI.columns), publication.visibility
            FROM \(source) CROSS JOIN api ON api.number = \(place) >> 16
            CROSS JOIN publication ON publication.portal = ? AND publication.api = api.id \(PublishedAPI.specificationJoin)
            WHERE \(place) > ?\(condition)\(APIListing.visible(as: visibility))\(short) ORDER BY \(place) LIMIT ?
            """, [portal.stored, number] + StatementArguments([match].compactMap(\.self)) + shortWords + [limit])
        return try rows.map { row in
            let place: Int64 = try row.value("place")
            return CatalogFinding(
                entry: try CatalogEntry(row: row), operation: try SpecificationOperation(row: row),
                place: .init(api: place >> 16, operation: Int(place & 0xFFFF)))
        }
    }

    /// What the index is asked for; nil where everything is asked for, or all words are too short for it.
    private var match: String? {
        guard let search, !search.longWords.isEmpty else { return nil }
        return search.longWords.map(TextIndex.quoted).joined(separator: " AND ")
    }

    private func short(in columns: [String]) -> (String, StatementArguments) {
        let words = search?.shortWords ?? []
        let condition = columns.map { "instr(\($0), ?) > 0" }.joined(separator: " OR ")
        return (
            words.map { _ in " AND (\(condition))" }.joined(),
            StatementArguments(words.flatMap { word in columns.map { _ in word } })
        )
    }
}
