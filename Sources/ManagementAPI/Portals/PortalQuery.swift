import Accounts
import HTTPConventions
import Hummingbird

/// What `list-portals` is asked for.
struct PortalQuery {
    let page: PageRequest
    let selection: PortalSelection

    private static let sortable: [PortalAttribute] = [
        .name, .description, .authenticationEnabled, .rbacEnabled, .autoApproveApplications, .autoApproveDevelopers,
        .defaultDomain, .canonicalDomain, .createdAt, .updatedAt,
    ]

    /// - Throws: `Problem` 400 naming what the contract does not define, with the source `query`.
    init(_ request: Request) throws {
        var query = try QueryParameters(request)
        page = query.page()
        var selection = PortalSelection()
        for attribute in PortalAttribute.allCases { selection.conditions[attribute] = Self.match(attribute, in: &query) }
        if let sort = query.sort(by: Self.sortable) { (selection.order, selection.isDescending) = sort }
        self.selection = selection
        try query.finish()
    }

    private static func match(_ attribute: PortalAttribute, in query: inout QueryParameters) -> TextMatch? {
        let field = attribute.rawValue
        switch attribute {
        case .id, .defaultApplicationAuthStrategyID:
            return query.condition(on: field, operators: [.eq, .oeq, .neq], takesShortForm: false).map(folded)
        case .name, .description, .defaultDomain, .canonicalDomain:
            return query.condition(on: field).map(folded)
        case .defaultAPIVisibility, .defaultPageVisibility:
            guard let condition = query.condition(on: field) else { return nil }
            if case .contains = condition.match { return folded(condition) }
            _ = query.choices(in: condition, of: Visibility.self)
            return folded(condition)
        case .authenticationEnabled, .rbacEnabled, .autoApproveDevelopers, .autoApproveApplications:
            return query.boolean("filter[\(field)]").map { .equals([String($0)]) }
        case .createdAt, .updatedAt:
            return nil
        }
    }

    private static func folded(_ condition: FieldCondition) -> TextMatch {
        condition.match.folded(whole: FullName.key(of:))
    }
}
