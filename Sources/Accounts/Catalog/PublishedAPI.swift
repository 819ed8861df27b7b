import Foundation

/// An API that a company publishes to its portals in this geo.
public struct PublishedAPI: Hashable, Sendable {
    public static let maximumNameLength = 255
    public static let maximumVersionLength = 255
    public static let maximumDescriptionLength = 512

    public let id: APIID
    public var name: String
    /// Name and version together are unique in the geo.
    public var version: String?
    public var description: String?
    /// Unique in the geo; chosen, or made from name and version.
    public var slug: String
    /// What is known of its document; nil where it has none.
    public var specification: Specification?
    /// Rises with each change of the API or of its document, so that what was made of an older one is told from a newer one.
    public private(set) var revision: Int
    public let createdAt: Timestamp
    public private(set) var updatedAt: Timestamp

    public init(
        id: APIID, name: String, version: String?, description: String?, slug: String, specification: Specification? = nil,
        revision: Int = 1, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.description = description
        self.slug = slug
        self.specification = specification
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The next revision.
    mutating func noteChange(at moment: Timestamp) {
        revision += 1
        updatedAt = moment
    }

    /// Any text in the form in which the catalog compares and sorts: lower case, and the characters of one look as one (NFKC), so
    /// that full-width letters and half-width katakana are found by the usual ones.
    public static func key(of text: String) -> String { text.lowercased().precomposedStringWithCompatibilityMapping }
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
