/// Who may use a portal.
extension ManagementClient {
    /// What a list of developers is asked for; what is nil is not asked.
    public struct DeveloperSearch: Hashable, Sendable {
        public var status: String?
        /// Parts of the address and of the name.
        public var email: String?
        public var name: String?
        /// The whole address.
        public var address: String?
        /// An attribute, and perhaps ` desc` after it.
        public var sort: String?

        public init() {}

        var query: [(String, String)] {
            let parameters = [
                ("filter[status][eq]", status), ("filter[email][contains]", email), ("filter[name][contains]", name),
                ("filter[email][eq]", address), ("sort", sort),
            ]
            return parameters.compactMap { name, value in value.map { (name, $0) } }
        }
    }

    /// Every developer of a portal that is searched for, by the time of registration where nothing else is asked.
    public func developers(
        of portal: String, matching search: DeveloperSearch = DeveloperSearch()
    ) async throws -> [RemoteDeveloper] {
        try await all("/v3/portals/\(portal)/developers", search.query)
    }

    /// The developer with this address; nil where there is none.
    public func developer(with address: String, at portal: String) async throws -> RemoteDeveloper? {
        var search = DeveloperSearch()
        search.address = address
        return try await developers(of: portal, matching: search).first
    }

    /// - Parameter status: nil for the one that the portal gives to who registers.
    public func createDeveloper(
        email: String, fullName: String, status: String?, sendsInvitation: Bool, at portal: String
    ) async throws -> RemoteDeveloper {
        struct Body: Encodable {
            let email: String
            let fullName: String
            let status: String?
            let sendInvitationEmail: Bool
        }
        return try await send(
            .POST, "/v3/portals/\(portal)/developers",
            Body(email: email, fullName: fullName, status: status, sendInvitationEmail: sendsInvitation))
    }

    public func setStatus(_ status: String, of developer: String, at portal: String) async throws -> RemoteDeveloper {
        struct Body: Encodable { let status: String }
        return try await send(.PATCH, "/v3/portals/\(portal)/developers/\(developer)", Body(status: status))
    }

    public func setName(_ fullName: String, of developer: String, at portal: String) async throws -> RemoteDeveloper {
        struct Body: Encodable { let fullName: String }
        return try await send(.PATCH, "/v3/portals/\(portal)/developers/\(developer)", Body(fullName: fullName))
    }

    public func deleteDeveloper(_ developer: String, at portal: String) async throws {
        _ = try await answer(.DELETE, "/v3/portals/\(portal)/developers/\(developer)")
    }
}

/// A developer as the management API tells of one.
public struct RemoteDeveloper: Codable, Hashable, Sendable {
    public let id: String
    public let email: String
    public let fullName: String
    public let status: String
    public let createdAt: String
    public let updatedAt: String
}
