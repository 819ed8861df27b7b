/// The operations whose first tag is the same.
public struct APIOperationGroup: Sendable, Equatable {
    /// Nil for operations without a tag.
    public let name: String?
    public let description: Markdown?
    public let externalDocumentation: APILink?
    public let operations: [APIOperation]
}
