import Accounts

extension InMemoryStore: PortalImageStore {
    package func image(_ kind: PortalImage.Kind, of portal: PortalID) -> PortalImage? { images[portal]?[kind] }

    package func setImage(
        _ image: PortalImage?, as kind: PortalImage.Kind, of portal: PortalID, at now: Timestamp, recording event: AuditEvent
    ) throws -> Portal {
        let changed = try update(portal, recording: event) {
            $0.look[kind] = image?.reference
            $0.updatedAt = now
        }
        images[portal, default: [:]][kind] = image
        return changed
    }
}
