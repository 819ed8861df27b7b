/// A value in a request's path, query, header or cookie.
public struct APIParameter: Sendable, Equatable {
    public enum Location: String, Sendable, CaseIterable {
        case path, query, header, cookie
    }

    /// A name and what it is given, in a call.
    public struct Pair: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    public let name: String
    public let location: Location
    public let isRequired: Bool
    public let isDeprecated: Bool
    public let description: Markdown?
    public let schema: APISchema
    /// As it would be written in JSON, a text without its quotes.
    public let example: String?
    /// The same as it stands in a call, in the parameter's style; empty where the document shows no value.
    public let pairs: [Pair]
}
