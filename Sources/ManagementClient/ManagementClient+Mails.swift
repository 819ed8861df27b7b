/// The geo's mails that are not delivered.
extension ManagementClient {
    /// Which mails are asked for; nil takes all.
    public struct MailSearch: Sendable {
        /// `waiting`, `failing` or `dead_letter`.
        public var state: String?
        /// The portal's id.
        public var portal: String?
        public var kind: String?

        public init(state: String? = nil, portal: String? = nil, kind: String? = nil) {
            self.state = state
            self.portal = portal
            self.kind = kind
        }

        fileprivate var query: [(String, String)] {
            [("filter[state][eq]", state), ("filter[portal_id][eq]", portal), ("filter[kind][eq]", kind)].compactMap {
                name, value in
                value.map { (name, $0) }
            }
        }
    }

    /// The newest first.
    ///
    /// - Parameter limit: the most mails.
    public func mails(matching search: MailSearch, limit: Int) async throws -> RemoteMails {
        let size = min(limit, Self.pageSize)
        var found = RemoteMails(mails: [], states: [:])
        for number in 1... {
            let page: MailPage = try await get(
                "/v3/mails", search.query + [("page[size]", String(size)), ("page[number]", String(number))])
            found = RemoteMails(mails: found.mails + page.data.prefix(limit - found.mails.count), states: page.meta.states)
            if page.data.count < size || found.mails.count >= limit { break }
        }
        return found
    }

    public func mail(_ id: String) async throws -> RemoteMail { try await get("/v3/mails/\(id)") }

    public func retryMail(_ id: String) async throws -> RemoteMail {
        try Self.decode(try await answer(.POST, "/v3/mails/\(id)/retry"))
    }

    /// Has every dead letter tried again.
    ///
    /// - Parameter search: its state is not asked.
    /// - Returns: how many.
    public func retryDeadLetters(matching search: MailSearch) async throws -> Int {
        struct Answer: Decodable { let retried: Int }
        var search = search
        search.state = nil
        let answer: Answer = try Self.decode(
            try await answer(.POST, "/v3/mails/retry", search.query, timeout: Self.deletionTimeout))
        return answer.retried
    }

    public func discardMail(_ id: String) async throws { _ = try await answer(.DELETE, "/v3/mails/\(id)") }
}

/// Mails, and how many are in each state.
public struct RemoteMails: Hashable, Sendable {
    public let mails: [RemoteMail]
    public let states: [String: Int]
}

private struct MailPage: Decodable {
    struct Meta: Decodable { let states: [String: Int] }

    let data: [RemoteMail]
    let meta: Meta
}

/// A mail as the management API tells of it: never what it says.
public struct RemoteMail: Codable, Hashable, Sendable {
    public let id: String
    public let kind: String?
    public let portalId: String?
    public let addressee: String
    /// nil where the token's role may not see it.
    public let recipient: String?
    public let state: String
    public let attempts: Int
    public let lastFailure: String?
    public let nextAttemptAt: String?
    public let failedAt: String?
    public let linkExpiresAt: String?
    public let createdAt: String
}
