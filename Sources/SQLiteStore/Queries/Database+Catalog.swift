import Accounts
import GRDB

extension Database {
    /// - Throws: ``AccountError/conflict(_:)`` where name and version, or the slug, are taken.
    func insert(_ api: PublishedAPI) throws {
        let taken = try count(
            "SELECT count(*) FROM api WHERE name = ? AND ifnull(version, '') = ifnull(?, '')", [api.name, api.version])
        guard taken == 0 else { throw AccountError.conflict("There is an API with this name and version already.") }
        guard try count("SELECT count(*) FROM api WHERE slug = ?", [api.slug]) == 0 else {
            throw AccountError.conflict("There is an API with the slug \"\(api.slug)\" already.")
        }
        try run(
            "INSERT INTO api (id, slug, name, version, description, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                api.id.stored, api.slug, api.name, api.version, api.description, api.createdAt.milliseconds,
                api.updatedAt.milliseconds,
            ])
    }

    /// - Throws: ``AccountError/notFound(_:)`` where there is no such API or portal.
    func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, at now: Timestamp) throws {
        _ = try existingPortal(portal)
        guard try count("SELECT count(*) FROM api WHERE id = ?", [api.stored]) == 1 else { throw AccountError.notFound("API") }
        try run(
            """
            INSERT INTO publication (portal, api, visibility, published_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (portal, api) DO UPDATE SET visibility = excluded.visibility
            """, [portal.stored, api.stored, visibility.rawValue, now.milliseconds])
    }

    func catalog(of portal: PortalID, visibleAs visibility: Visibility) throws -> [CatalogEntry] {
        try rows(
            """
            SELECT api.*, publication.visibility FROM publication JOIN api ON api.id = publication.api
            WHERE publication.portal = ? AND (publication.visibility = 'public' OR ? = 'private')
            ORDER BY api.name COLLATE NOCASE, api.name, api.version
            """, [portal.stored, visibility.rawValue]
        ).map { row in CatalogEntry(api: try PublishedAPI(row: row), visibility: try row.choice("visibility")) }
    }
}

extension PublishedAPI {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"), name: try row.value("name"), version: try row.optional("version"),
            description: try row.optional("description"), slug: try row.value("slug"), createdAt: try row.time("created_at"),
            updatedAt: try row.time("updated_at"))
    }
}
