import Accounts
import GRDB
import Geography

extension SQLiteStore: PortalStore {
    public func create(_ portal: Portal, recording event: AuditEvent) async throws {
        try await perform(recording: event) { try $0.insert(portal) }
    }

    public func portal(_ id: PortalID) async throws -> Portal? { try await read { try $0.portal(id) } }

    public func portal(with slug: PortalSlug) async throws -> Portal? {
        try await portals.portal(with: slug) { try await read { try $0.portal(with: slug) } }
    }

    public func portals(page: PageRequest) async throws -> Page<Portal> { try await read { try $0.portals(page: page) } }

    public func update(
        _ id: PortalID, recording event: AuditEvent, change: @escaping @Sendable (inout Portal) throws -> Void
    ) async throws -> Portal {
        defer { portals.forget() }
        return try await perform(recording: event) { database in
            var portal = try database.existingPortal(id)
            try change(&portal)
            guard portal.id == id else { throw StoreError.corrupt("a step on one portal that changes another") }
            try database.update(portal)
            return portal
        }
    }

    public func deleteDevelopers(of portal: PortalID, limit: Int, by actor: AuditActor) async throws -> Int {
        let now = clock.now
        return try await commits.perform { database, effects in
            let leaving = try database.developers(of: portal, limit: limit)
            for developer in leaving { try database.delete(developer.id, in: portal) }
            try database.append(leaving.map { AuditEvent(.developerDeleted, by: actor, on: $0) }, at: now)
            effects.erases = !leaving.isEmpty
            return leaving.count
        }
    }

    public func delete(_ id: PortalID, evenPublishing: Bool, recording event: AuditEvent) async throws {
        defer { portals.forget() }
        try await perform(recording: event) { try $0.delete(id, evenPublishing: evenPublishing) }
    }

    /// Does a write, and tells the audit log of it in the same transaction.
    func perform<Value: Sendable>(
        recording event: AuditEvent, _ write: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let now = clock.now
        return try await commits.perform { database, _ in
            let value = try write(database)
            try database.append([event], at: now)
            return value
        }
    }
}
