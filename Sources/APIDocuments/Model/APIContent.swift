/// A body in one media type.
public struct APIContent: Sendable, Equatable {
    public let mediaType: String
    public let schema: APISchema?
    /// Those of the document; where it has none and the body is JSON or a form, one that is made from the schema.
    public let examples: [APIExample]
}
