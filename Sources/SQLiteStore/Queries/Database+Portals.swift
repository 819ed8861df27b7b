import Accounts
import GRDB
import Geography

extension Database {
    func portal(_ id: PortalID) throws -> Portal? {
        try row("SELECT * FROM portal WHERE id = ?", [id.stored]).map(Portal.init(row:))
    }

    func portal(with slug: PortalSlug) throws -> Portal? {
        try row("SELECT * FROM portal WHERE slug = ?", [slug.value]).map(Portal.init(row:))
    }

    /// - Throws: ``AccountError/notFound(_:)``.
    func existingPortal(_ id: PortalID) throws -> Portal {
        guard let portal = try portal(id) else { throw AccountError.notFound("portal") }
        return portal
    }

    func portals(page: PageRequest) throws -> Page<Portal> {
        Page(
            elements: try rows("SELECT * FROM portal ORDER BY id LIMIT ? OFFSET ?", [page.size, page.offset])
                .map(Portal.init(row:)),
            total: try count("SELECT count(*) FROM portal"))
    }

    /// - Throws: ``AccountError/conflict(_:)`` where the name or the slug is taken.
    func insert(_ portal: Portal) throws {
        let taken = try row(
            "SELECT name = :name AS has_name FROM portal WHERE name = :name OR slug = :slug ORDER BY has_name DESC",
            ["name": portal.name, "slug": portal.slug.value])
        if let taken {
            throw AccountError.conflict(
                try taken.value("has_name")
                    ? "There is a portal with this name already."
                    : "There is a portal with the host name part \"\(portal.slug)\" already.")
        }
        let values = try portal.values
        let columns = values.keys.sorted()
        try run(
            """
            INSERT INTO portal (number, \(columns.joined(separator: ", ")))
            VALUES ((SELECT ifnull(max(number), 0) + 1 FROM portal), \(columns.map { ":\($0)" }.joined(separator: ", ")))
            """, StatementArguments(values))
    }

    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where something still belongs to it.
    func delete(_ portal: PortalID, evenPublishing: Bool) throws {
        _ = try existingPortal(portal)
        guard try row("SELECT 1 FROM developer WHERE portal = ? LIMIT 1", [portal.stored]) == nil else {
            throw AccountError.conflict("Developers have registered meanwhile; try again.")
        }
        guard try evenPublishing || row("SELECT 1 FROM publication WHERE portal = ? LIMIT 1", [portal.stored]) == nil else {
            throw AccountError.conflict("APIs were published to this portal meanwhile.")
        }
        try run("DELETE FROM portal WHERE id = ?", [portal.stored])
    }

    /// - Throws: ``AccountError/conflict(_:)`` where the name is another portal's.
    func update(_ portal: Portal) throws {
        guard try count("SELECT count(*) FROM portal WHERE name = ? AND id <> ?", [portal.name, portal.id.stored]) == 0 else {
            throw AccountError.conflict("There is a portal with this name already.")
        }
        let values = try portal.values.filter { !["slug", "created_at"].contains($0.key) }
        let changes = values.keys.filter { $0 != "id" }.sorted().map { "\($0) = :\($0)" }
        try run("UPDATE portal SET \(changes.joined(separator: ", ")) WHERE id = :id", StatementArguments(values))
    }
}
