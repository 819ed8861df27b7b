import Accounts

/// Whom and what entries of the audit log are about, by the names that they have now.
///
/// The log holds ids only, so that it can be kept when people are deleted: whoever was deleted has no name here.
struct AuditNames {
    /// A thing that is still there.
    struct Known {
        let name: String
        /// What tells a developer from others of the same name: the address.
        var detail: String?
        /// Its page; nil for whoever may not open it.
        let path: String?
    }

    /// By ids.
    private var names: [String: Known] = [:]

    init() {}

    /// Asks for all of a kind together, whatever the entries tell of them.
    init(of entries: [AuditEntry], in flows: AccountFlows, for context: ConsoleRequestContext) async throws {
        let events = entries.map(\.event)
        for id in Set(events.compactMap(\.portal)) {
            guard let portal = try await Self.portal(id, in: flows) else { continue }
            names["\(id)"] = Known(name: portal.displayName, path: PortalArea.requests.path(at: portal))
            guard context.may(.seeDevelopers) else { continue }
            let list = PortalArea.developers.path(at: portal)
            for developer in try await flows.approval.developers(Self.developers(of: events, at: id), at: portal) {
                names["\(developer.id)"] = Known(
                    name: developer.fullName.value, detail: developer.email.value, path: "\(list)/\(developer.id)")
            }
        }
        let apis = events.filter { $0.action.rawValue.hasPrefix("api.") }.compactMap { $0.subject.flatMap { APIID($0) } }
        for api in try await flows.catalog.apis(Set(apis)) {
            names["\(api.id)"] = Known(name: api.name, path: "/apis/\(api.id)")
        }
        try await nameAdmins(of: events, in: flows, for: context)
    }

    subscript(_ id: String) -> Known? { names[id] }

    private mutating func nameAdmins(
        of events: [AuditEvent], in flows: AccountFlows, for context: ConsoleRequestContext
    ) async throws {
        let isAboutAdmins = events.contains { event in
            if case .admin = event.actor { true } else { event.action.rawValue.hasPrefix("admin") }
        }
        guard isAboutAdmins else { return }
        for admin in try await flows.admins.admins() {
            names["\(admin.id)"] = Known(
                name: admin.email.value, path: context.may(.manageAdmins) ? "/admins/\(admin.id)" : nil)
        }
    }

    private static func developers(of events: [AuditEvent], at portal: PortalID) -> Set<DeveloperID> {
        var developers: Set<DeveloperID> = []
        for event in events where event.portal == portal {
            if let developer = event.developer { developers.insert(developer) }
            if case .developer(let actor) = event.actor { developers.insert(actor) }
        }
        return developers
    }

    /// Nil where it was deleted.
    private static func portal(_ id: PortalID, in flows: AccountFlows) async throws -> Portal? {
        do {
            return try await flows.portals.portal(id)
        } catch AccountError.notFound {
            return nil
        }
    }
}
