/// Which APIs a list has, and in which order. Texts are compared in the form of ``PublishedAPI/key(of:)``.
public struct APISelection: Hashable, Sendable {
    public enum Order: String, Hashable, Sendable, CaseIterable {
        case name
        case version
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// Of the text of an id.
    public var id: TextMatch?
    public var name: TextMatch?
    public var slug: TextMatch?
    /// What an API does not have differs from every text; so with the description.
    public var version: TextMatch?
    public var description: TextMatch?
    public var createdAt: MomentRange?
    public var updatedAt: MomentRange?
    /// APIs that the order does not tell apart follow each other by their names, then by their ids.
    public var order = Order.name
    public var isDescending = false

    public init() {}

    /// Whether everything is asked for, in whatever order.
    public var takesAll: Bool {
        id == nil && name == nil && slug == nil && version == nil && description == nil && createdAt == nil && updatedAt == nil
    }

    /// What a store's queries have to agree with.
    public func takes(_ api: PublishedAPI) -> Bool {
        Self.takes(api.id.description, id) && Self.takes(PublishedAPI.key(of: api.name), name) && Self.takes(api.slug, slug)
            && Self.takes(api.version.map(PublishedAPI.key), version)
            && Self.takes(api.description.map(PublishedAPI.key), description)
            && (createdAt?.contains(api.createdAt) ?? true) && (updatedAt?.contains(api.updatedAt) ?? true)
    }

    private static func takes(_ value: String?, _ match: TextMatch?) -> Bool {
        guard let match else { return true }
        guard let value else {
            if case .differs = match { return true }
            return false
        }
        return match.takes(value)
    }
}

/// A span of time, both ends in it; nil for an end that is open.
public struct MomentRange: Hashable, Sendable {
    public let first: Timestamp?
    public let last: Timestamp?

    public init(from first: Timestamp? = nil, through last: Timestamp? = nil) {
        self.first = first
        self.last = last
    }

    public func contains(_ moment: Timestamp) -> Bool {
        (first.map { $0 <= moment } ?? true) && (last.map { moment <= $0 } ?? true)
    }
}
