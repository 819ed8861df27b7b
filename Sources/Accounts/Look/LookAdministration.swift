/// Shows and changes how a portal looks (contract operations `get-`, `replace-`, `update-portal-customization`, and those on
/// `assets`).
public struct LookAdministration: Sendable {
    let store: any PortalStore & PortalImageStore
    let clock: any WallClock

    /// Changes what the draft names and leaves the rest.
    ///
    /// - Parameter isWhole: whether what the draft does not name is taken away. Images stay.
    /// - Throws: ``AccountError/invalidFields(_:)``, ``AccountError/notFound(_:)``.
    public func change(
        _ portal: PortalID, with draft: LookDraft, isWhole: Bool = false, by actor: AuditActor
    ) async throws -> Portal {
        let draft = isWhole ? draft.whole : draft
        try draft.check()
        let now = clock.now
        return try await store.update(portal, recording: AuditEvent(.portalLookChanged, by: actor, portal: portal)) { portal in
            draft.apply(to: &portal.look)
            portal.updatedAt = now
        }
    }

    /// - Throws: ``AccountError/notFound(_:)`` where the portal has none.
    public func image(_ kind: PortalImage.Kind, of portal: PortalID) async throws -> PortalImage {
        guard let image = try await store.image(kind, of: portal) else { throw AccountError.notFound(kind.rawValue) }
        return image
    }

    /// Gives a portal a logo or a favicon, in the place of the one that it has.
    ///
    /// - Throws: ``AccountError/notFound(_:)``.
    public func set(_ image: PortalImage, as kind: PortalImage.Kind, of portal: PortalID, by actor: AuditActor) async throws {
        _ = try await store.setImage(image, as: kind, of: portal, at: clock.now, recording: event(kind, of: portal, by: actor))
    }

    /// Takes a portal's logo or favicon away, so that it has the default again.
    ///
    /// - Throws: ``AccountError/notFound(_:)``, also where it has none.
    public func remove(_ kind: PortalImage.Kind, of portal: PortalID, by actor: AuditActor) async throws {
        _ = try await image(kind, of: portal)
        _ = try await store.setImage(nil, as: kind, of: portal, at: clock.now, recording: event(kind, of: portal, by: actor))
    }

    private func event(_ kind: PortalImage.Kind, of portal: PortalID, by actor: AuditActor) -> AuditEvent {
        AuditEvent(.portalLookChanged, by: actor, portal: portal, subject: kind.rawValue)
    }
}
