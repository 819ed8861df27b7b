/// Which portals a list has, and in which order. A geo has few portals, so a list is made from all of them.
public struct PortalSelection: Hashable, Sendable {
    /// All together; an attribute that a portal does not have differs from every text.
    public var conditions: [PortalAttribute: TextMatch] = [:]
    public var order = PortalAttribute.createdAt
    public var isDescending = false

    public init() {}

    func callAsFunction(_ portals: [Portal], links: PortalLinks) -> [Portal] {
        let taken = portals.filter { portal in
            conditions.allSatisfy { attribute, match in Self.takes(attribute.value(of: portal, links: links), match) }
        }
        let keyed = taken.map { (key: order.value(of: $0, links: links) ?? "", portal: $0) }
        let sorted = keyed.sorted { ($0.key, $0.portal.id) < ($1.key, $1.portal.id) }.map(\.portal)
        return isDescending ? sorted.reversed() : sorted
    }

    private static func takes(_ value: String?, _ match: TextMatch) -> Bool {
        guard let value else {
            if case .differs = match { return true }
            return false
        }
        return match.takes(value)
    }
}
