/// That an API stands in a portal's catalog, and who sees it there.
public struct Publication: Hashable, Sendable {
    public let api: APIID
    public let portal: PortalID
    public var visibility: Visibility
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(api: APIID, portal: PortalID, visibility: Visibility, createdAt: Timestamp, updatedAt: Timestamp) {
        self.api = api
        self.portal = portal
        self.visibility = visibility
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
