import Accounts
import HTTPConventions
import Hummingbird

/// What `list-portal-developers` is asked for.
struct DeveloperQuery {
    let page: PageRequest
    let filter: DeveloperFilter
    let order: DeveloperOrder

    /// - Throws: `Problem` 400 naming what the contract does not define, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        page = query.page()
        var filter = DeveloperFilter()
        filter.statuses = query.condition(on: "status").map { Self.statuses($0, in: &query) }
        filter.email = query.condition(on: "email").map { $0.match.folded(whole: Self.addressKey) }
        filter.name = query.condition(on: "name").map { $0.match.folded(whole: FullName.key(of:)) }
        self.filter = filter
        order =
            query.sort(by: DeveloperOrder.Key.allCases).map { DeveloperOrder(by: $0.attribute, isDescending: $0.isDescending) }
            ?? DeveloperOrder()
        try query.finish()
    }

    /// A condition on a status is a set of statuses, because there are few.
    private static func statuses(_ condition: FieldCondition, in query: inout QueryParameters) -> Set<DeveloperStatus> {
        switch condition.match {
        case .equals: query.choices(in: condition, of: DeveloperStatus.self)
        case .differs: Set(DeveloperStatus.allCases).subtracting(query.choices(in: condition, of: DeveloperStatus.self))
        case .contains(let parts):
            Set(
                DeveloperStatus.allCases.filter { status in
                    parts.contains { $0.isEmpty || status.rawValue.contains($0.lowercased()) }
                })
        }
    }

    private static func addressKey(_ text: String) -> String { (try? EmailAddress(text))?.key ?? text.lowercased() }
}
