/// Everything that a geo keeps about one developer, but for secrets.
public struct DeveloperExport: Sendable {
    /// The most entries of the audit log that an export has.
    public static let mostEntries = 10_000

    public let developer: Developer
    /// At which identity providers the developer is known.
    public let identities: [KnownIdentities.Identity]
    public let sessions: [SessionSummary]
    /// What the audit log tells about the developer, oldest first.
    public let auditEntries: [AuditEntry]
    /// When it was made.
    public let at: Timestamp

    public init(
        developer: Developer, identities: [KnownIdentities.Identity], sessions: [SessionSummary], auditEntries: [AuditEntry],
        at: Timestamp
    ) {
        self.developer = developer
        self.identities = identities
        self.sessions = sessions
        self.auditEntries = auditEntries
        self.at = at
    }
}
