/// A part of a server's URL that a caller chooses.
public struct APIServerVariable: Sendable, Equatable {
    public let name: String
    public let defaultValue: String
    public let values: [String]
    public let description: Markdown?
}
