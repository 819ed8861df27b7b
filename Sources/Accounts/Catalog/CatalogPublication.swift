import Crypto
import Geography

/// What admins do with the catalog: make APIs, give them a document, and publish them to portals.
///
/// ```swift
/// let api = try await flows.catalog.create(APIDraft(name: "Payments"), document: bytes, by: actor)
/// try await flows.catalog.publish(api.id, to: portal.id, visibility: .public, by: actor)
/// ```
public struct CatalogPublication: Sendable {
    let store: any CatalogStore
    let specifications: any SpecificationReader
    let mint: Mint
    let clock: any WallClock
    /// The largest document, in bytes.
    public let maximumDocumentBytes: Int

    // MARK: APIs

    /// Makes an API, where it is given with its document; what the draft leaves out of name and version is the document's.
    ///
    /// - Parameter field: how an error names the document.
    /// - Throws: ``AccountError/invalidFields(_:)`` for `name`, `version`, `description`, `slug` and the document;
    ///   ``AccountError/conflict(_:)`` where name and version, or the slug, are taken.
    public func create(
        _ draft: APIDraft, document: [UInt8]? = nil, named field: String = Self.documentField, by actor: AuditActor
    ) async throws -> PublishedAPI {
        var draft = draft
        if draft.name == nil, document == nil { throw AccountError.invalidField(.required("name")) }
        try draft.check()
        var reading: SpecificationReading?
        if let document { reading = try await read(document, named: field) }
        if let reading { draft.fill(from: reading) }
        guard let name = draft.name else { throw AccountError.invalidField(.required("name")) }
        let (id, now, version): (APIID, _, _) = (mint.id(), clock.now, draft.version?.value)
        var api = PublishedAPI(
            id: id, name: name, version: version, description: draft.description?.value,
            slug: draft.slug(for: id, named: name, version: version), createdAt: now, updatedAt: now)
        var change = CatalogChange()
        change.events = [AuditEvent(.apiCreated, by: actor, subject: id.description)]
        if let document, let reading {
            let new = newDocument(document, reading, replacing: nil, at: now)
            api.specification = new.document.specification
            change.document = .put(new)
            change.events.append(AuditEvent(.apiDocumentSet, by: actor, subject: id.description))
        }
        change.api = .put(api)
        return try await store.step(on: id, at: nil) { [api, change] _ in CatalogDecision(api, change) }
    }

    public func create(name: String, version: String?, description: String?, by actor: AuditActor) async throws -> PublishedAPI {
        try await create(
            APIDraft(name: name, version: version.map(APIDraft.Text.text), description: description.map(APIDraft.Text.text)),
            by: actor)
    }

    /// - Throws: ``AccountError/notFound(_:)``.
    public func api(_ id: APIID) async throws -> PublishedAPI {
        guard let api = try await store.api(id) else { throw AccountError.notFound("API") }
        return api
    }

    /// Those of the APIs that are there, in any order.
    public func apis(_ ids: Set<APIID>) async throws -> [PublishedAPI] { try await store.apis(ids) }

    public func apis(selectedBy selection: APISelection = APISelection(), page: PageRequest) async throws -> Page<PublishedAPI> {
        try await store.apis(selectedBy: selection, page: page)
    }

    /// Changes what the draft names and leaves the rest; a new name leaves the slug.
    ///
    /// - Throws: as ``create(_:document:named:by:)``, and ``AccountError/notFound(_:)``.
    public func update(_ id: APIID, with draft: APIDraft, by actor: AuditActor) async throws -> PublishedAPI {
        try draft.check()
        let now = clock.now
        return try await store.step(on: id, at: nil) { snapshot in
            var api = try snapshot.requireAPI()
            draft.apply(to: &api)
            guard api != snapshot.api else { return CatalogDecision(api) }
            api.noteChange(at: now)
            var change = CatalogChange()
            change.api = .put(api)
            change.events = [AuditEvent(.apiUpdated, by: actor, subject: id.description)]
            return CatalogDecision(api, change)
        }
    }

    /// Removes an API with its document, from every portal too.
    ///
    /// - Throws: ``AccountError/notFound(_:)``.
    public func delete(_ id: APIID, by actor: AuditActor) async throws {
        try await store.step(on: id, at: nil) { snapshot in
            _ = try snapshot.requireAPI()
            var change = CatalogChange()
            change.api = .remove
            change.events = [AuditEvent(.apiDeleted, by: actor, subject: id.description)]
            return CatalogDecision((), change)
        }
    }

    // MARK: Portals

    /// Publishes an API to a portal, or changes who sees it there.
    ///
    /// - Parameter visibility: nil for the portal's default at the first time, and for what it is afterwards.
    /// - Throws: ``AccountError/notFound(_:)`` where there is no such API or portal.
    @discardableResult
    public func publish(
        _ id: APIID, to portal: PortalID, visibility: Visibility?, by actor: AuditActor
    ) async throws -> Publication {
        let now = clock.now
        return try await store.step(on: id, at: portal) { snapshot in
            _ = try snapshot.requireAPI()
            guard let host = snapshot.portal else { throw AccountError.notFound("portal") }
            let known = snapshot.publication
            var publication =
                known
                ?? Publication(
                    api: id, portal: portal, visibility: host.settings.defaultAPIVisibility, createdAt: now, updatedAt: now)
            publication.visibility = visibility ?? publication.visibility
            guard publication != known else { return CatalogDecision(publication) }
            publication.updatedAt = now
            var change = CatalogChange()
            change.publication = .put(publication)
            let action: AuditEvent.Action = known == nil ? .apiPublished : .apiVisibilityChanged
            change.events = [AuditEvent(action, by: actor, portal: portal, subject: id.description)]
            return CatalogDecision(publication, change)
        }
    }

    /// - Throws: ``AccountError/notFound(_:)`` where the API is not published there.
    public func unpublish(_ id: APIID, from portal: PortalID, by actor: AuditActor) async throws {
        try await store.step(on: id, at: portal) { snapshot in
            guard snapshot.publication != nil else { throw AccountError.notFound("publication") }
            var change = CatalogChange()
            change.publication = .remove
            change.events = [AuditEvent(.apiUnpublished, by: actor, portal: portal, subject: id.description)]
            return CatalogDecision((), change)
        }
    }

    /// - Throws: ``AccountError/notFound(_:)`` where the API is not published there.
    public func publication(of id: APIID, at portal: PortalID) async throws -> Publication {
        let found = try await store.publications(of: id, at: portal, page: PageRequest(size: 1))
        guard let publication = found.elements.first else { throw AccountError.notFound("publication") }
        return publication
    }

    /// The publications of an API, to a portal, or all.
    public func publications(
        of id: APIID? = nil, at portal: PortalID? = nil, page: PageRequest
    ) async throws -> Page<Publication> {
        try await store.publications(of: id, at: portal, page: page)
    }
}
