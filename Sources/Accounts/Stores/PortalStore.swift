import Geography

/// Keeps the portals of one geo and what is published to them.
public protocol PortalStore: Sendable {
    /// - Throws: ``AccountError/conflict(_:)`` where the name or the slug is taken.
    func create(_ portal: Portal) async throws

    func portal(_ id: PortalID) async throws -> Portal?

    func portal(with slug: PortalSlug) async throws -> Portal?

    /// In the order of their making.
    func portals(page: PageRequest) async throws -> Page<Portal>

    /// One atomic step on a portal.
    ///
    /// - Throws: what `change` throws; ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where the new name is taken.
    func update(_ id: PortalID, change: @escaping @Sendable (inout Portal) throws -> Void) async throws -> Portal

    /// - Throws: ``AccountError/conflict(_:)`` where name and version, or the slug, are taken.
    func create(_ api: PublishedAPI) async throws

    /// Publishes an API to a portal, or changes who sees it there.
    ///
    /// - Throws: ``AccountError/notFound(_:)`` where there is no such API or portal.
    func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, at now: Timestamp) async throws

    /// What a portal's catalog shows, by name.
    ///
    /// - Parameter visibility: `.public` leaves the private ones out.
    func catalog(of portal: PortalID, visibleAs visibility: Visibility) async throws -> [CatalogEntry]
}
