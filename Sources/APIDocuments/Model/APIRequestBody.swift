/// What a request carries.
public struct APIRequestBody: Sendable, Equatable {
    public let description: Markdown?
    public let isRequired: Bool
    public let contents: [APIContent]
}
