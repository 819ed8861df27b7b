/// What may be called next with what an answer has.
public struct APIResponseLink: Sendable, Equatable {
    public let name: String
    public let description: Markdown?
    /// The id that the document gives to the operation, or the reference to it.
    public let operation: String?
    /// What the operation's parameters get, as `petId: $response.body#/id`.
    public let parameters: [String]
}
