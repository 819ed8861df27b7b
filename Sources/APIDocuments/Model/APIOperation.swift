/// One method of one path.
public struct APIOperation: Sendable, Equatable {
    /// Unique in the document, of `a` to `z`, digits and hyphens: it may be an element's id and a part of a URL.
    public let id: String
    public let method: HTTPMethod
    /// With its parameters in braces; the name of a webhook.
    public let path: String
    public let operationID: String?
    public let summary: String?
    public let description: Markdown?
    public let isDeprecated: Bool
    public let tags: [String]
    public let externalDocumentation: APILink?
    /// Those of the operation, then those of its path that it does not have itself.
    public let parameters: [APIParameter]
    public let requestBody: APIRequestBody?
    /// By status: codes, then ranges, then `default`.
    public let responses: [APIResponse]
    /// Any one of these lets a call in; empty where nothing is said of it.
    public let security: [APISecurityAlternative]
    public let callbacks: [APICallback]
    /// Ready for a POSIX shell; nil for what the API calls itself.
    public let curl: String?
}
