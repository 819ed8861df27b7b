import Accounts
import HTTPConventions

/// The contract's `Api`.
struct WireAPI: Encodable {
    struct SpecificationSummary: Encodable {
        let id: String
        let type = WireSpecificationType.oas3
    }

    struct VersionSummary: Encodable {
        let id: String
        let spec = WireSpecificationType.Holder()
    }

    let id: String
    let name: String
    @Nullable var version: String?
    @Nullable var description: String?
    let slug: String
    let visibility: String
    let specifications: [SpecificationSummary]
    @Nullable var currentVersionSummary: VersionSummary?
    let attributes: [String: [String]] = [:]
    let createdAt: String
    let updatedAt: String

    init(_ entry: CatalogEntry) {
        let api = entry.api
        id = api.id.description
        name = api.name
        version = api.version
        description = api.description
        slug = api.slug
        visibility = entry.visibility.rawValue
        specifications = [api.specification].compactMap(\.self).map { SpecificationSummary(id: $0.id.description) }
        currentVersionSummary = api.specification.map { VersionSummary(id: $0.id.description) }
        createdAt = api.createdAt.wire
        updatedAt = api.updatedAt.wire
    }
}

/// The contract's `ApiSpecType`: all that is published is OpenAPI 3.
enum WireSpecificationType: String, Encodable {
    case oas3

    /// Where the contract has an object around it.
    struct Holder: Encodable {
        let type = WireSpecificationType.oas3
    }
}
