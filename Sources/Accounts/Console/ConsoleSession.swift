/// An admin's log-in to the console on one browser. Whose role changes acts by the new one at the next request.
public struct ConsoleSession: Hashable, Sendable {
    public let id: ConsoleSessionID
    public let admin: Admin
    /// What the browser called itself.
    public let agent: String?
    public let startedAt: Timestamp
    /// To the minute.
    public let lastSeenAt: Timestamp
    /// When the password was last typed in this session.
    public let passwordConfirmedAt: Timestamp

    public init(
        id: ConsoleSessionID, admin: Admin, agent: String?, startedAt: Timestamp, lastSeenAt: Timestamp,
        passwordConfirmedAt: Timestamp
    ) {
        self.id = id
        self.admin = admin
        self.agent = agent
        self.startedAt = startedAt
        self.lastSeenAt = lastSeenAt
        self.passwordConfirmedAt = passwordConfirmedAt
    }

    /// Who acts in this session, for the audit log.
    public var actor: AuditActor { .admin(admin.id) }

    /// - Throws: ``AccountError/forbidden(_:)`` where the admin's role does not allow it.
    public func require(_ permission: AdminPermission) throws { try admin.role.require(permission) }
}

public typealias ConsoleSessionID = EntityID<ConsoleSession>

/// A console session that a step opens.
public struct NewConsoleSession: Hashable, Sendable {
    public let id: ConsoleSessionID
    public let hash: TokenHash
    public let agent: String?
    public let createdAt: Timestamp

    public init(id: ConsoleSessionID, hash: TokenHash, agent: String?, createdAt: Timestamp) {
        self.id = id
        self.hash = hash
        self.agent = agent
        self.createdAt = createdAt
    }
}
