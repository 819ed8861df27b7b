import Geography

/// Makes APIs, publishes them to portals, and lists a portal's catalog.
public struct CatalogPublication: Sendable {
    let store: any PortalStore
    let mint: Mint
    let clock: any WallClock

    /// - Throws: ``AccountError/invalidFields(_:)`` for `name`, `version`, `description`; ``AccountError/conflict(_:)`` where there
    ///   is an API of this name and version.
    public func create(name: String, version: String?, description: String?, by actor: AuditActor) async throws
        -> PublishedAPI
    {
        var errors = FieldError.ofLine(name, "name", maximum: PublishedAPI.maximumNameLength)
        if let version { errors += FieldError.ofLine(version, "version", maximum: PublishedAPI.maximumVersionLength) }
        if let description {
            errors += FieldError.ofText(description, "description", maximum: PublishedAPI.maximumDescriptionLength)
        }
        guard errors.isEmpty else { throw AccountError.invalidFields(errors) }
        guard let slug = PortalSlug(suggestedBy: [name, version ?? ""].joined(separator: " ")) else {
            throw AccountError.invalidField(
                .invalid("name", "must have at least one letter a to z or digit, from which the slug is made"))
        }
        let now = clock.now
        let api = PublishedAPI(
            id: mint.id(), name: name, version: version, description: description, slug: slug.value, createdAt: now,
            updatedAt: now)
        try await store.create(api, recording: AuditEvent(.apiCreated, by: actor, subject: api.id.description))
        return api
    }

    /// - Throws: ``AccountError/notFound(_:)`` where there is no such API or portal.
    public func publish(_ api: APIID, to portal: PortalID, visibility: Visibility, by actor: AuditActor) async throws {
        try await store.publish(
            api, to: portal, visibility: visibility, at: clock.now,
            recording: AuditEvent(.apiPublished, by: actor, portal: portal, subject: api.description))
    }

    /// What a developer who is logged in sees, or with `.public` what everybody sees.
    public func catalog(of portal: Portal, visibleAs visibility: Visibility) async throws -> [CatalogEntry] {
        try await store.catalog(of: portal.id, visibleAs: visibility)
    }
}
