import Geography

/// Keeps the portals of one geo.
public protocol PortalStore: Sendable {
    /// - Parameter event: what the audit log tells of it; so in every step here.
    /// - Throws: ``AccountError/conflict(_:)`` where the name or the slug is taken.
    func create(_ portal: Portal, recording event: AuditEvent) async throws

    func portal(_ id: PortalID) async throws -> Portal?

    func portal(with slug: PortalSlug) async throws -> Portal?

    /// In the order of their making.
    func portals(page: PageRequest) async throws -> Page<Portal>

    /// One atomic step on a portal.
    ///
    /// - Throws: what `change` throws; ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where the new name is taken.
    func update(
        _ id: PortalID, recording event: AuditEvent, change: @escaping @Sendable (inout Portal) throws -> Void
    ) async throws -> Portal

    /// Deletes up to so many of a portal's developers with everything that is theirs; an audit entry tells of each.
    ///
    /// - Returns: how many.
    func deleteDevelopers(of portal: PortalID, limit: Int, by actor: AuditActor) async throws -> Int

    /// - Parameter evenPublishing: whether it goes although APIs are published to it.
    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where APIs are published or developers are left.
    func delete(_ id: PortalID, evenPublishing: Bool, recording event: AuditEvent) async throws
}
