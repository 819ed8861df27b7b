/// A schema of `components`.
public struct APINamedSchema: Sendable, Equatable {
    /// Unique among the schemas, of `a` to `z`, digits and hyphens.
    public let id: String
    public let name: String
    public let schema: APISchema
}
