import Accounts
import HTTPConventions
import Hummingbird

/// Which entries of the audit log are asked for.
struct AuditQuery {
    static let maximumEntries = 100_000
    static let usualEntries = 10_000

    let filter: AuditFilter
    /// The number of the entry after which to begin.
    let after: Int64
    let limit: Int

    /// - Throws: `Problem` 400 naming each wrong or unknown parameter, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        var filter = AuditFilter()
        filter.action = query.choice("filter[action][eq]", of: AuditEvent.Action.self)
        filter.developer = query.id("filter[developer_id][eq]", of: Developer.self)
        filter.portal = query.id("filter[portal_id][eq]", of: Portal.self)
        // Of whatever kind: admins and developers have ids of one form.
        filter.actor = query.id("filter[actor_id][eq]", of: Admin.self)?.description
        filter.from = query.moment("filter[at][gte]")
        filter.before = query.moment("filter[at][lt]")
        self.filter = filter
        after = Int64(query.integer("after", in: 0...Int.max) ?? 0)
        limit = query.integer("limit", in: 1...Self.maximumEntries) ?? Self.usualEntries
        try query.finish()
    }
}
