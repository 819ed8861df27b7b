/// A part of a schema.
public struct APISchemaRow: Sendable, Equatable {
    public enum Role: String, Sendable {
        case property
        /// Any property whose name matches ``APISchemaRow/name``, a regular expression.
        case patternProperty
        /// Any property that has no row of its own.
        case additionalProperties
        /// What stands in a list.
        case items
        /// One of several, of which exactly one holds.
        case oneOf
        /// One of several, of which at least one holds.
        case anyOf
        /// What a value must not be.
        case not
    }

    public let role: Role
    /// Of the property; of an alternative its title or component; empty otherwise.
    public let name: String
    public let isRequired: Bool
    public let schema: APISchema
}
