import Accounts
import GRDB
import Geography

extension SQLiteStore: PortalStore {
    public func create(_ portal: Portal) async throws {
        try await commits.perform { database, _ in try database.insert(portal) }
    }

    public func portal(_ id: PortalID) async throws -> Portal? { try await read { try $0.portal(id) } }

    public func portal(with slug: PortalSlug) async throws -> Portal? { try await read { try $0.portal(with: slug) } }

    public func portals(page: PageRequest) async throws -> Page<Portal> { try await read { try $0.portals(page: page) } }

    public func update(_ id: PortalID, change: @escaping @Sendable (inout Portal) throws -> Void) async throws -> Portal {
        try await commits.perform { database, _ in
            var portal = try database.existingPortal(id)
            try change(&portal)
            guard portal.id == id else { throw StoreError.corrupt("a step on one portal that changes another") }
            try database.update(portal)
            return portal
        }
    }

    public func create(_ api: PublishedAPI) async throws {
        try await commits.perform { database, _ in try database.insert(api) }
    }

    public func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, at now: Timestamp) async throws {
        try await commits.perform { database, _ in
            try database.publish(api, to: portal, visibility: visibility, at: now)
        }
    }

    public func catalog(of portal: PortalID, visibleAs visibility: Visibility) async throws -> [CatalogEntry] {
        try await read { try $0.catalog(of: portal, visibleAs: visibility) }
    }
}
