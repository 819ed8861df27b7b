import Accounts

/// One result of `search-portal`.
enum WireFinding: Encodable {
    /// Whose a finding is.
    struct Origin {
        let portal: PortalID
        let organization: String
    }

    case operation(WireFoundOperation)
    case api(WireFoundAPI)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .operation(let operation): try operation.encode(to: encoder)
        case .api(let api): try api.encode(to: encoder)
        }
    }

    /// The first text in which a word of the search stands.
    static func match(of search: CatalogSearch?, in texts: [String]) -> String {
        let words = search?.words ?? []
        let found = texts.first { text in
            let key = PublishedAPI.key(of: text)
            return words.contains { key.contains($0) }
        }
        return found ?? texts.first ?? ""
    }
}

/// The contract's `PortalSearchResultOperation`.
struct WireFoundOperation: Encodable {
    struct Attributes: Encodable {
        let createdAt: String
        let updatedAt: String
        let operationId: String
        let operationKey: String
        let path: String
        let method: String
        let scope: String
        let summary: String
        let apiDescription: String
        let apiName: String
        let apiSlug: String
        let apiVersion: String
    }

    struct Relations: Encodable {
        let apiId: String
        let specId: String
        let portalId: String
        let orgId: String
        let apiName: String
        let apiSlug: String
        let apiVersion: String
        let apiDescription: String
    }

    let id: String
    let type = "api_specs_operation"
    let name: String
    let match: String
    let description: String
    let attributes: Attributes
    let relations: Relations

    init(
        _ finding: CatalogFinding, _ operation: SpecificationOperation, of origin: WireFinding.Origin,
        matching search: CatalogSearch?
    ) {
        let api = finding.entry.api
        let key = "\(operation.method) \(operation.path)"
        let (version, about) = (api.version ?? "", api.description ?? "")
        id = "\(api.id)#\(operation.anchor)"
        name = operation.summary ?? operation.operationID ?? key
        match = WireFinding.match(of: search, in: operation.searched)
        description = operation.summary ?? ""
        attributes = Attributes(
            createdAt: api.createdAt.wire, updatedAt: api.updatedAt.wire,
            operationId: operation.operationID ?? operation.anchor, operationKey: key, path: operation.path,
            method: operation.method, scope: finding.entry.visibility.rawValue, summary: operation.summary ?? "",
            apiDescription: about, apiName: api.name, apiSlug: api.slug, apiVersion: version)
        relations = Relations(
            apiId: api.id.description, specId: api.specification?.id.description ?? "", portalId: origin.portal.description,
            orgId: origin.organization, apiName: api.name, apiSlug: api.slug, apiVersion: version, apiDescription: about)
    }
}

/// An API in the form of the contract's `PortalSearchResultDocument`, which has none for an API itself.
struct WireFoundAPI: Encodable {
    struct Attributes: Encodable {
        let createdAt: String
        let updatedAt: String
        let path: String
        let scope: String
        let apiSlug: String
        let parentDocumentId = ""
        let slug: String
    }

    struct Relations: Encodable {
        let apiId: String
        let specId: String
        let portalId: String
        let orgId: String
        let apiSlug: String
        let apiVersion: String
        let apiDescription: String
        let parentDocumentId = ""
        let path: String
        let slug: String
    }

    let id: String
    let type = "api"
    let name: String
    let match: String
    let description: String
    let attributes: Attributes
    let relations: Relations

    init(_ finding: CatalogFinding, of origin: WireFinding.Origin, matching search: CatalogSearch?) {
        let api = finding.entry.api
        let path = "/apis/\(api.slug)"
        id = api.id.description
        name = api.name
        match = WireFinding.match(of: search, in: [api.name, api.version, api.slug, api.description].compactMap(\.self))
        description = api.description ?? ""
        attributes = Attributes(
            createdAt: api.createdAt.wire, updatedAt: api.updatedAt.wire, path: path, scope: finding.entry.visibility.rawValue,
            apiSlug: api.slug, slug: api.slug)
        relations = Relations(
            apiId: api.id.description, specId: api.specification?.id.description ?? "", portalId: origin.portal.description,
            orgId: origin.organization, apiSlug: api.slug, apiVersion: api.version ?? "",
            apiDescription: api.description ?? "", path: path, slug: api.slug)
    }
}
