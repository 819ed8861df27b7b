/// What an admin may do in its geo. Nobody's role opens a portal.
public enum AdminRole: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everything, other admins too.
    case owner
    /// Sees everything about developers and decides about them.
    case approver
    /// Sees portals, developers and the catalog, and changes nothing.
    case viewer

    public func may(_ permission: AdminPermission) -> Bool { permission.roles.contains(self) }

    /// - Throws: ``AccountError/forbidden(_:)`` that names the roles that may.
    public func require(_ permission: AdminPermission) throws {
        guard may(permission) else {
            let roles = AdminRole.allCases.filter { permission.roles.contains($0) }.map(\.rawValue).joined(separator: " or ")
            throw AccountError.forbidden("This needs an admin whose role is \(roles); yours is \(rawValue).")
        }
    }
}

/// One kind of thing that an admin does.
public enum AdminPermission: Hashable, Sendable, CaseIterable {
    case seePortals
    case seeDevelopers
    /// Approve, reject, revoke, delete, create, invite, rename.
    case decideAboutDevelopers
    case readAuditLog
    /// Which mails wait, fail or were given up; never what they say.
    case seeMails
    /// Have mails tried again, and take them out of the queue.
    case decideAboutMails
    case managePortals
    case manageAdmins

    var roles: Set<AdminRole> {
        switch self {
        case .seePortals, .seeDevelopers, .seeMails: [.owner, .approver, .viewer]
        case .decideAboutDevelopers, .decideAboutMails, .readAuditLog: [.owner, .approver]
        case .managePortals, .manageAdmins: [.owner]
        }
    }
}
