/// Who did what an audit entry tells of. Ids only, never a name or an address.
public enum AuditActor: Hashable, Sendable {
    case developer(DeveloperID)
    case admin(AdminID)
    /// Somebody with access to the geo's machine, by a command there.
    case `operator`
    /// The node itself, on a schedule.
    case node
    /// Whoever asked, without having logged in.
    case anonymous

    /// The word of the log's form.
    public var kind: String {
        switch self {
        case .developer: "developer"
        case .admin: "admin"
        case .operator: "operator"
        case .node: "node"
        case .anonymous: "anonymous"
        }
    }

    /// The id, where the kind has one.
    public var id: String? {
        switch self {
        case .developer(let id): id.description
        case .admin(let id): id.description
        case .operator, .node, .anonymous: nil
        }
    }

    /// Takes what a store kept; nil for anything else.
    public init?(kind: String, id: String?) {
        switch (kind, id) {
        case ("developer", let id?):
            guard let id = DeveloperID(id) else { return nil }
            self = .developer(id)
        case ("admin", let id?):
            guard let id = AdminID(id) else { return nil }
            self = .admin(id)
        case ("operator", nil): self = .operator
        case ("node", nil): self = .node
        case ("anonymous", nil): self = .anonymous
        default: return nil
        }
    }
}
