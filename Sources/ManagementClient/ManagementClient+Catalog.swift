/// APIs, their documents, and where they are published.
extension ManagementClient {
    public func apis() async throws -> [RemoteAPI] { try await all("/v3/apis") }

    /// The API with this id or slug.
    ///
    /// - Throws: ``ManagementError/noSuchAPI(_:)``.
    public func api(named name: String) async throws -> RemoteAPI {
        if let api = try await api(withSlug: name) { return api }
        let found: [RemoteAPI] = try await all("/v3/apis", [("filter[id][eq]", name)])
        guard let api = found.first else { throw ManagementError.noSuchAPI(name) }
        return api
    }

    /// Nil where there is none.
    public func api(withSlug slug: String) async throws -> RemoteAPI? {
        let found: [RemoteAPI] = try await all("/v3/apis", [("filter[slug][eq]", slug)])
        return found.first
    }

    /// Makes an API with its document, from which come the name and the version that are not given.
    public func createAPI(
        name: String? = nil, version: String? = nil, description: String? = nil, slug: String? = nil, document: String?
    ) async throws -> RemoteAPI {
        struct Body: Encodable {
            let name: String?
            let version: String?
            let description: String?
            let slug: String?
            let specContent: String?
        }
        return try await send(
            .POST, "/v3/apis",
            Body(name: name, version: version, description: description, slug: slug, specContent: document))
    }

    /// Gives an API its document, or another one.
    ///
    /// - Parameter version: nil for the one that it has.
    public func setDocument(_ document: String, version: String?, of api: RemoteAPI) async throws {
        struct Body: Encodable {
            struct Spec: Encodable { let content: String }

            let version: String?
            let spec: Spec
        }
        struct Answer: Decodable { let id: String }
        let body = Body(version: version, spec: .init(content: document))
        let path = "/v3/apis/\(api.id)/versions"
        if let current = api.apiSpecIds.first {
            let _: Answer = try await send(.PATCH, "\(path)/\(current)", body)
        } else {
            let _: Answer = try await send(.POST, path, body)
        }
    }

    public func deleteAPI(_ api: String) async throws { _ = try await answer(.DELETE, "/v3/apis/\(api)") }

    /// - Parameter visibility: nil for the portal's default, or for what it is.
    public func publish(_ api: String, to portal: String, visibility: String?) async throws -> RemotePublication {
        struct Body: Encodable { let visibility: String? }
        return try await send(.PUT, "/v3/apis/\(api)/publications/\(portal)", Body(visibility: visibility))
    }

    public func unpublish(_ api: String, from portal: String) async throws {
        _ = try await answer(.DELETE, "/v3/apis/\(api)/publications/\(portal)")
    }

    /// Where APIs are published, at one portal or at all.
    public func publications(at portal: String? = nil) async throws -> [RemotePublication] {
        try await all("/v3/api-publications", portal.map { [("filter[portal_id][eq]", $0)] } ?? [])
    }
}

/// An API as the management API tells of one.
public struct RemoteAPI: Decodable, Hashable, Sendable {
    public let id: String
    public let name: String
    public let version: String?
    public let slug: String
    /// Of its document, where it has one.
    public let apiSpecIds: [String]
}

/// A publication as the management API tells of one.
public struct RemotePublication: Decodable, Hashable, Sendable {
    public let apiId: String
    public let portalId: String
    public let visibility: String
}
