import Accounts
import HTTPTypes
import Hummingbird

extension Response {
    /// Everything that is kept about a developer, as a file to save.
    public static func file(_ export: DeveloperExport, of portal: Portal, in session: OpenSession) throws -> Response {
        var response = try Response.json(WireExport(export, of: portal, current: session.id))
        response.headers[.contentDisposition] = #"attachment; filename="account.json""#
        return response
    }
}

/// A developer's export as JSON. No password, token or hash is in it.
private struct WireExport: Encodable {
    let developer: WireExportedDeveloper
    let portal: WireExportedPortal
    let identities: [WireExportedIdentity]
    let sessions: [WireSession]
    let auditLog: [WireExportedEntry]
    let exportedAt: String

    init(_ export: DeveloperExport, of portal: Portal, current: SessionID) {
        developer = WireExportedDeveloper(export.developer)
        self.portal = WireExportedPortal(id: portal.id.description, name: portal.displayName)
        identities = export.identities.map(WireExportedIdentity.init)
        sessions = export.sessions.map { WireSession($0, current: current) }
        auditLog = export.auditEntries.map(WireExportedEntry.init)
        exportedAt = export.at.wire
    }
}

private struct WireExportedDeveloper: Encodable {
    let id: String
    let email: String
    let fullName: String
    let status: String
    let origin: String
    @Nullable var verifiedAt: String?
    let hasPassword: Bool
    @Nullable var language: String?
    let createdAt: String
    let updatedAt: String

    init(_ developer: Developer) {
        id = developer.id.description
        email = developer.email.value
        fullName = developer.fullName.value
        status = developer.status.rawValue
        origin = developer.origin.rawValue
        verifiedAt = developer.verifiedAt?.wire
        hasPassword = developer.passwordHash != nil
        language = developer.language?.tag
        createdAt = developer.createdAt.wire
        updatedAt = developer.updatedAt.wire
    }
}

/// Who the developer is at an identity provider.
private struct WireExportedIdentity: Encodable {
    let issuer: String
    @Nullable var subject: String?
    let groups: [String]
    let firstUsedAt: String
    let lastUsedAt: String

    init(_ identity: KnownIdentities.Identity) {
        issuer = identity.issuer
        subject = identity.subject
        groups = identity.groups
        firstUsedAt = identity.firstUsedAt.wire
        lastUsedAt = identity.lastUsedAt.wire
    }
}

private struct WireExportedPortal: Encodable {
    let id: String
    let name: String
}

/// What the audit log tells of a developer.
private struct WireExportedEntry: Encodable {
    struct Actor: Encodable {
        let kind: String
        @Nullable var id: String?
    }

    let sequence: Int64
    let at: String
    let action: String
    let actor: Actor
    @Nullable var fromStatus: String?
    @Nullable var toStatus: String?

    init(_ entry: AuditEntry) {
        sequence = entry.sequence
        at = entry.at.wire
        action = entry.event.action.rawValue
        actor = Actor(kind: entry.event.actor.kind, id: entry.event.actor.id)
        fromStatus = entry.event.from?.rawValue
        toStatus = entry.event.to?.rawValue
    }
}
