/// Keeps the images of portals: one logo and one favicon each.
public protocol PortalImageStore: Sendable {
    func image(_ kind: PortalImage.Kind, of portal: PortalID) async throws -> PortalImage?

    /// Gives a portal an image, or takes it away, and names it in the portal's look, in one step.
    ///
    /// - Parameter event: what the audit log tells of it.
    /// - Throws: ``AccountError/notFound(_:)`` for the portal.
    func setImage(
        _ image: PortalImage?, as kind: PortalImage.Kind, of portal: PortalID, at now: Timestamp, recording event: AuditEvent
    ) async throws -> Portal
}
