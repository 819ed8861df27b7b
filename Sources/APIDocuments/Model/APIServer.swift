/// Where an API is called.
public struct APIServer: Sendable, Equatable {
    /// With its variables' defaults put in; may be relative, as in `/api/v3`.
    public let url: String
    public let description: Markdown?
    public let variables: [APIServerVariable]

    /// The URL as a base for calls; nil where it is relative or of another scheme.
    public var address: WebAddress? { WebAddress(url) }
}
