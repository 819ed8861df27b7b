import Accounts
import Foundation
import GRDB

extension Database {
    func api(_ id: APIID) throws -> PublishedAPI? {
        try row("SELECT \(PublishedAPI.columns) FROM api \(PublishedAPI.specificationJoin) WHERE api.id = ?", [id.stored])
            .map(PublishedAPI.init(row:))
    }

    func entry(_ name: CatalogEntryName, of portal: PortalID, visibleAs visibility: Visibility) throws -> CatalogEntry? {
        let (column, value): (String, any DatabaseValueConvertible) =
            switch name {
            case .id(let id): ("id", id.stored)
            case .slug(let slug): ("slug", slug)
            }
        return try row(
            """
            SELECT \(PublishedAPI.columns), publication.visibility
            FROM api JOIN publication ON publication.portal = ? AND publication.api = api.id \(PublishedAPI.specificationJoin)
            WHERE api.\(column) = ? AND (publication.visibility = 'public' OR ? = 'private')
            """, [portal.stored, value, visibility.rawValue]
        ).map(CatalogEntry.init(row:))
    }

    func document(of api: APIID) throws -> SpecificationDocument? {
        guard
            let row = try row(
                """
                SELECT \(PublishedAPI.columns), specification_content.content
                FROM api JOIN specification_content ON specification_content.api = api.id \(PublishedAPI.specificationJoin)
                WHERE api.id = ?
                """, [api.stored])
        else { return nil }
        let content: Data = try row.value("content")
        return SpecificationDocument(specification: try Specification(row: row), content: Array(content))
    }

    func publication(of api: APIID, at portal: PortalID) throws -> Publication? {
        try row("SELECT * FROM publication WHERE portal = ? AND api = ?", [portal.stored, api.stored])
            .map(Publication.init(row:))
    }

    func publications(of api: APIID?, at portal: PortalID?, page: PageRequest) throws -> Page<Publication> {
        var conditions: [String] = []
        var arguments = StatementArguments()
        for (column, id) in [("portal", portal?.stored), ("api", api?.stored)] {
            guard let id else { continue }
            conditions.append("\(column) = ?")
            arguments += [id]
        }
        let source = conditions.isEmpty ? "publication" : "publication WHERE \(conditions.joined(separator: " AND "))"
        let found = try rows(
            "SELECT * FROM \(source) ORDER BY api, portal LIMIT ? OFFSET ?", arguments + [page.size, page.offset])
        return Page(
            elements: try found.map(Publication.init(row:)), total: try count("SELECT count(*) FROM \(source)", arguments))
    }

    // MARK: Writing

    /// - Throws: ``AccountError/conflict(_:)`` where name and version, or the slug, are another API's.
    func save(_ api: PublishedAPI, over known: PublishedAPI?) throws {
        try refuseRivals(of: api)
        let keys = APIKeys(api)
        let values: StatementArguments = [
            "id": api.id.stored, "slug": api.slug, "name": api.name, "version": api.version, "description": api.description,
            "created_at": api.createdAt.milliseconds, "updated_at": api.updatedAt.milliseconds, "name_key": keys.name,
            "version_key": keys.version, "description_key": keys.description, "revision": api.revision,
        ]
        try run(
            """
            INSERT INTO api (
                id, slug, name, version, description, created_at, updated_at, number, name_key, version_key, description_key,
                revision)
            VALUES (
                :id, :slug, :name, :version, :description, :created_at, :updated_at,
                (SELECT ifnull(max(number), 0) + 1 FROM api), :name_key, :version_key, :description_key, :revision)
            ON CONFLICT (id) DO UPDATE SET
                slug = excluded.slug, name = excluded.name, version = excluded.version, description = excluded.description,
                updated_at = excluded.updated_at, name_key = excluded.name_key, version_key = excluded.version_key,
                description_key = excluded.description_key, revision = excluded.revision
            """, values)
        let number = try number(of: api.id)
        guard known != nil else {
            return try run(
                "INSERT INTO api_text (rowid, name, label, document) VALUES (?, ?, ?, '')", [number, keys.name, keys.label])
        }
        try run("UPDATE api_text SET name = ?, label = ? WHERE rowid = ?", [keys.name, keys.label, number])
        try run("UPDATE publication SET name_key = ? WHERE api = ?", [keys.name, api.id.stored])
    }

    func delete(_ api: APIID) throws {
        try deleteDocument(of: api)
        try run("DELETE FROM api_text WHERE rowid = ?", [try number(of: api)])
        try run("DELETE FROM api WHERE id = ?", [api.stored])
    }

    func save(_ publication: Publication) throws {
        try run(
            """
            INSERT INTO publication (portal, api, visibility, published_at, updated_at, name_key)
            VALUES (?, ?, ?, ?, ?, (SELECT name_key FROM api WHERE id = ?))
            ON CONFLICT (portal, api) DO UPDATE SET visibility = excluded.visibility, updated_at = excluded.updated_at
            """,
            [
                publication.portal.stored, publication.api.stored, publication.visibility.rawValue,
                publication.createdAt.milliseconds, publication.updatedAt.milliseconds, publication.api.stored,
            ])
    }

    func deletePublication(of api: APIID, at portal: PortalID) throws {
        try run("DELETE FROM publication WHERE portal = ? AND api = ?", [portal.stored, api.stored])
    }

    /// An API's place in the indexes of texts.
    func number(of api: APIID) throws -> Int64 {
        guard let row = try row("SELECT number FROM api WHERE id = ?", [api.stored]) else {
            throw StoreError.corrupt("a change of an API that is not there")
        }
        return try row.value("number")
    }

    private func refuseRivals(of api: PublishedAPI) throws {
        let sameName = try count(
            "SELECT count(*) FROM api WHERE name = ? AND ifnull(version, '') = ifnull(?, '') AND id <> ?",
            [api.name, api.version, api.id.stored])
        guard sameName == 0 else { throw AccountError.conflict("There is an API with this name and version already.") }
        guard try count("SELECT count(*) FROM api WHERE slug = ? AND id <> ?", [api.slug, api.id.stored]) == 0 else {
            throw AccountError.conflict("There is an API with the slug \"\(api.slug)\" already.")
        }
    }
}
