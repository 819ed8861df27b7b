/// A link to more documentation.
public struct APILink: Sendable, Equatable {
    public let url: WebAddress
    public let description: Markdown?
}
