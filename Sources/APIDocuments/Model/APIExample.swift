/// What a body may look like.
public struct APIExample: Sendable, Equatable {
    public let name: String?
    public let summary: String?
    public let description: Markdown?
    /// JSON with an indentation of two spaces, or the text itself.
    public let text: String
    public let isGenerated: Bool
    /// Whether the text ends before the example does.
    public let isCut: Bool
    /// Where the example is, if it is not in the document.
    public let externalURL: WebAddress?
}
