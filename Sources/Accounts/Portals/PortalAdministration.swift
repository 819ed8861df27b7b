import Geography

/// Makes, finds and changes the portals of a geo (contract operations `create-portal`, `list-portals`, `get-portal`,
/// `update-portal`, `delete-portal`).
public struct PortalAdministration: Sendable {
    let store: any PortalStore
    let catalog: any CatalogStore
    let mint: Mint
    let clock: any WallClock
    let links: PortalLinks

    /// Makes a portal whose host name follows from its name.
    ///
    /// - Throws: ``AccountError/invalidFields(_:)`` for `name`, `display_name`, `description`; ``AccountError/conflict(_:)``
    ///   where the name, or a name with the same host, is taken.
    public func create(_ draft: PortalDraft, by actor: AuditActor) async throws -> Portal {
        guard let name = draft.name else { throw AccountError.invalidField(.required("name")) }
        try draft.check()
        guard let slug = PortalSlug(suggestedBy: name) else {
            throw AccountError.invalidField(
                .invalid("name", "must have at least one letter a to z or digit, from which the portal's host name is made"))
        }
        let now = clock.now
        var portal = Portal(id: mint.id(), slug: slug, name: name, displayName: name, createdAt: now, updatedAt: now)
        try draft.apply(to: &portal)
        try await store.create(portal, recording: AuditEvent(.portalCreated, by: actor, portal: portal.id))
        return portal
    }

    public func portal(_ id: PortalID) async throws -> Portal {
        guard let portal = try await store.portal(id) else { throw AccountError.notFound("portal") }
        return portal
    }

    /// The portal of a host name; nil where the geo has none by this slug.
    public func portal(with slug: PortalSlug) async throws -> Portal? { try await store.portal(with: slug) }

    public func portals(
        selectedBy selection: PortalSelection = PortalSelection(), page: PageRequest
    ) async throws -> Page<Portal> {
        Page(part: page, of: selection(try await allPortals(), links: links))
    }

    private func allPortals() async throws -> [Portal] {
        var portals: [Portal] = []
        for number in 1... {
            let page = try await store.portals(page: PageRequest(number: number, size: PageRequest.maximumSize))
            portals += page.elements
            if page.elements.count < PageRequest.maximumSize { break }
        }
        return portals
    }

    /// Changes what the draft names and leaves the rest.
    ///
    /// - Throws: as ``create(_:by:)``, and ``AccountError/notFound(_:)``.
    public func update(_ id: PortalID, with draft: PortalDraft, by actor: AuditActor) async throws -> Portal {
        try draft.check()
        let now = clock.now
        return try await store.update(id, recording: AuditEvent(.portalUpdated, by: actor, portal: id)) { portal in
            try draft.apply(to: &portal)
            portal.updatedAt = now
        }
    }

    /// Removes a portal with its developers and everything that is theirs.
    ///
    /// Many developers go in many steps, so that others can be served between them; where it is interrupted, asking again goes on.
    ///
    /// - Parameter force: whether it goes although APIs are published to it.
    /// - Throws: ``AccountError/notFound(_:)``; ``AccountError/conflict(_:)`` where APIs are published and `force` is not set.
    public func delete(_ id: PortalID, force: Bool, by actor: AuditActor) async throws {
        let portal = try await self.portal(id)
        let published = try await catalog.publications(of: nil, at: id, page: PageRequest(size: 1)).total
        guard force || published == 0 else {
            throw AccountError.conflict("APIs are published to this portal. Unpublish them, or delete with force=true.")
        }
        // Nobody new while the others go.
        var closed = PortalDraft()
        closed.authenticationEnabled = false
        if portal.settings.authenticationEnabled { _ = try await update(id, with: closed, by: actor) }
        while try await store.deleteDevelopers(of: id, limit: Self.deletionBatch, by: actor) > 0 {}
        try await store.delete(id, evenPublishing: force, recording: AuditEvent(.portalDeleted, by: actor, portal: id))
    }

    private static let deletionBatch = 200
}
