/// What an API calls because of an operation.
public struct APICallback: Sendable, Equatable {
    public let name: String
    /// Where it calls, as in `{$request.body#/url}`.
    public let expression: String
    /// What it calls there; those have no callbacks of their own.
    public let operations: [APIOperation]
}
