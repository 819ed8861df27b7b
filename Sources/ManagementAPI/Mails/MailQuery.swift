import Accounts
import HTTPConventions
import Hummingbird

/// Which mails of the queue are asked for.
struct MailQuery {
    private enum Attribute: String, CaseIterable {
        case createdAt = "created_at"
    }

    let page: PageRequest
    let filter: MailFilter
    let order: MailOrder

    /// - Throws: `Problem` 400 naming each wrong or unknown parameter, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        page = query.page()
        var filter = Self.place(in: &query)
        filter.stage = query.choice("filter[state][eq]", of: MailStage.self)
        self.filter = filter
        order = query.sort(by: Attribute.allCases).map { $0.isDescending ? .newestFirst : .oldestFirst } ?? .newestFirst
        try query.finish()
    }

    /// Which dead letters are tried again: of which portal, of which kind.
    static func deadLetters(_ request: Request) throws -> MailFilter {
        var query = try QueryParameters(request)
        let filter = place(in: &query)
        try query.finish()
        return filter
    }

    private static func place(in query: inout QueryParameters) -> MailFilter {
        MailFilter(
            portal: query.id("filter[portal_id][eq]", of: Portal.self), kind: query.choice("filter[kind][eq]", of: MailKind.self))
    }
}
