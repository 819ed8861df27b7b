/// A header field of a response.
public struct APIHeader: Sendable, Equatable {
    public let name: String
    public let isRequired: Bool
    public let isDeprecated: Bool
    public let description: Markdown?
    public let schema: APISchema
}
