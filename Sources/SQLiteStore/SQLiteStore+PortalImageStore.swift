import Accounts
import GRDB

extension SQLiteStore: PortalImageStore {
    public func image(_ kind: PortalImage.Kind, of portal: PortalID) async throws -> PortalImage? {
        try await read { try $0.image(kind, of: portal) }
    }

    public func setImage(
        _ image: PortalImage?, as kind: PortalImage.Kind, of portal: PortalID, at now: Timestamp, recording event: AuditEvent
    ) async throws -> Portal {
        defer { portals.forget() }
        return try await perform(recording: event) { database in
            var changed = try database.existingPortal(portal)
            changed.look[kind] = image?.reference
            changed.updatedAt = now
            try database.update(changed)
            try database.setImage(image, as: kind, of: portal)
            return changed
        }
    }
}
