/// An API that a company publishes to its portals in this geo.
public struct PublishedAPI: Hashable, Sendable {
    public static let maximumNameLength = 255
    public static let maximumVersionLength = 255
    public static let maximumDescriptionLength = 512

    public let id: APIID
    public let name: String
    public let version: String?
    public let description: String?
    /// Unique in the geo, from name and version.
    public let slug: String
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(
        id: APIID, name: String, version: String?, description: String?, slug: String, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.description = description
        self.slug = slug
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// An API as one portal's catalog shows it.
public struct CatalogEntry: Hashable, Sendable {
    public let api: PublishedAPI
    public let visibility: Visibility

    public init(api: PublishedAPI, visibility: Visibility) {
        self.api = api
        self.visibility = visibility
    }
}
