/// What an API answers.
public struct APIResponse: Sendable, Equatable {
    /// `404`, `4XX` or `default`.
    public let status: String
    public let description: Markdown?
    public let headers: [APIHeader]
    public let contents: [APIContent]
    public let links: [APIResponseLink]
}
