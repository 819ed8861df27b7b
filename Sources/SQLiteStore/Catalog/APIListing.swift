import Accounts
import Foundation
import GRDB

/// One page of the APIs of a geo, or of a portal's catalog.
///
/// The usual list, by name and of everything, is read from an index of names, and its total from a count that is kept; neither looks
/// at more than the page.
struct APIListing {
    let database: Database
    let selection: APISelection

    /// Where a query can go on with `AND`.
    private typealias Conditions = (sql: String, arguments: StatementArguments)

    func apis(_ page: PageRequest) throws -> Page<PublishedAPI> {
        let (condition, arguments) = conditions()
        let found = try database.rows(
            """
            SELECT \(PublishedAPI.columns) FROM api \(PublishedAPI.specificationJoin) WHERE TRUE\(condition)
            ORDER BY \(sorting(by: "api.name_key", "api.id")) LIMIT ? OFFSET ?
            """, arguments + [page.size, page.offset])
        return Page(
            elements: try found.map(PublishedAPI.init(row:)),
            total: try page.total(whereFound: found.count)
                ?? database.count("SELECT count(*) FROM api WHERE TRUE\(condition)", arguments))
    }

    func catalog(of portal: PortalID, visibleAs visibility: Visibility, _ page: PageRequest) throws -> Page<CatalogEntry> {
        if selection.takesAll, selection.order == .name { return try wholeCatalog(of: portal, visibleAs: visibility, page) }
        let (condition, arguments) = conditions()
        let source = """
            publication CROSS JOIN api ON api.id = publication.api \(PublishedAPI.specificationJoin)
            WHERE publication.portal = ?\(Self.visible(as: visibility))\(condition)
            """
        let values = [portal.stored] + arguments
        let found = try database.rows(
            """
            SELECT \(PublishedAPI.columns), publication.visibility FROM \(source)
            ORDER BY \(sorting(by: "publication.name_key", "publication.api")) LIMIT ? OFFSET ?
            """, values + [page.size, page.offset])
        return Page(
            elements: try found.map(CatalogEntry.init(row:)),
            total: try page.total(whereFound: found.count) ?? database.count("SELECT count(*) FROM \(source)", values))
    }

    /// What leaves out of a query on `publication` what somebody may not see.
    static func visible(as visibility: Visibility) -> String {
        visibility == .private ? "" : " AND publication.visibility = 'public'"
    }

    /// The index that has what somebody may see in the order of names.
    static func names(visibleAs visibility: Visibility) -> String {
        visibility == .private ? "publication_by_name" : "publication_by_visibility"
    }

    private func wholeCatalog(
        of portal: PortalID, visibleAs visibility: Visibility, _ page: PageRequest
    ) throws -> Page<CatalogEntry> {
        let direction = selection.isDescending ? " DESC" : ""
        let found = try database.rows(
            """
            SELECT \(PublishedAPI.columns), shown.visibility FROM (
                SELECT api, name_key, visibility FROM publication INDEXED BY \(Self.names(visibleAs: visibility))
                WHERE portal = ?\(Self.visible(as: visibility)) ORDER BY name_key\(direction), api\(direction) LIMIT ? OFFSET ?
            ) AS shown CROSS JOIN api ON api.id = shown.api \(PublishedAPI.specificationJoin)
            ORDER BY shown.name_key\(direction), shown.api\(direction)
            """, [portal.stored, page.size, page.offset])
        let total = try database.count(
            """
            SELECT ifnull(sum(publications), 0) FROM publication_count
            WHERE portal = ? AND (visibility = 'public' OR ? = 'private')
            """, [portal.stored, visibility.rawValue])
        return Page(elements: try found.map(CatalogEntry.init(row:)), total: total)
    }

    private func sorting(by name: String, _ id: String) -> String {
        let key: String? =
            switch selection.order {
            case .name: nil
            case .version: "ifnull(api.version_key, '')"
            case .createdAt: "api.created_at"
            case .updatedAt: "api.updated_at"
            }
        let direction = selection.isDescending ? " DESC" : ""
        return [key, name, id].compactMap(\.self).map { $0 + direction }.joined(separator: ", ")
    }

    // MARK: Conditions

    private func conditions() -> Conditions {
        var all: Conditions = ("", [])
        func add(_ condition: Conditions?) {
            guard let condition else { return }
            all.sql += " AND (\(condition.sql))"
            all.arguments += condition.arguments
        }
        add(selection.id.map(Self.condition(onID:)))
        add(selection.name.flatMap(Self.indexed))
        let texts = [
            ("name_key", selection.name), ("slug", selection.slug), ("version_key", selection.version),
            ("description_key", selection.description),
        ]
        for (column, match) in texts { add(match.map { Self.condition(on: "api.\(column)", $0) }) }
        for (column, range) in [("created_at", selection.createdAt), ("updated_at", selection.updatedAt)] {
            add(range?.first.map { ("api.\(column) >= ?", [$0.milliseconds]) })
            add(range?.last.map { ("api.\(column) <= ?", [$0.milliseconds]) })
        }
        return all
    }

    private static func condition(on column: String, _ match: TextMatch) -> Conditions {
        switch match {
        case .equals(let texts):
            (
                "ifnull(\(column) IN (\(texts.map { _ in "?" }.joined(separator: ", "))), FALSE)", StatementArguments(texts)
            )
        case .differs(let text): ("\(column) IS NOT ?", [text])
        case .contains(let texts):
            (texts.map { _ in "instr(\(column), ?) > 0" }.joined(separator: " OR "), StatementArguments(texts))
        }
    }

    /// What names no API differs from every id.
    private static func condition(onID match: TextMatch) -> Conditions {
        let ids = match.texts.map { APIID($0)?.stored ?? Data() }
        if case .differs = match { return ("api.id <> ?", StatementArguments(ids)) }
        return ("api.id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))", StatementArguments(ids))
    }

    /// Those whose name an index finds, before each is compared.
    private static func indexed(_ match: TextMatch) -> Conditions? {
        guard case .contains(let texts) = match, texts.allSatisfy(TextIndex.finds) else { return nil }
        return (
            "api.number IN (SELECT rowid FROM api_text WHERE api_text MATCH ?)",
            ["name : (\(texts.map(TextIndex.quoted).joined(separator: " OR ")))"]
        )
    }
}
