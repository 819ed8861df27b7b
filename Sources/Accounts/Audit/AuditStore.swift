/// Keeps a geo's audit log, to which entries are only ever added.
public protocol AuditStore: Sendable {
    /// Entries by their number, those after `sequence`, at most `limit`.
    func auditEntries(matching filter: AuditFilter, after sequence: Int64, limit: Int) async throws -> [AuditEntry]

    /// The newest entries first, those before `sequence`, at most `limit`.
    func auditEntries(matching filter: AuditFilter, before sequence: Int64, limit: Int) async throws -> [AuditEntry]

    /// The log's end, as it is kept beside the log.
    func auditHead() async throws -> AuditHead

    /// Adds entries that come with no other change, and keeps what the throttle has to remember; on disk afterwards, even where
    /// both are empty.
    func record(_ events: [AuditEvent], throttles: [ThrottleRecord]) async throws
}

/// Which entries of the audit log are asked for; all conditions together.
public struct AuditFilter: Hashable, Sendable {
    public var action: AuditEvent.Action?
    public var portal: PortalID?
    public var developer: DeveloperID?
    /// The id of the developer or admin who acted.
    public var actor: String?
    /// At this moment or later.
    public var from: Timestamp?
    /// Before this moment.
    public var before: Timestamp?

    public init() {}

    public func takes(_ entry: AuditEntry) -> Bool {
        (action == nil || action == entry.event.action) && (portal == nil || portal == entry.event.portal)
            && (developer == nil || developer == entry.event.developer) && (actor == nil || actor == entry.event.actor.id)
            && (from.map { entry.at >= $0 } ?? true) && (before.map { entry.at < $0 } ?? true)
    }
}
