/// A part of a schema.
public struct APISchemaRow: Sendable, Equatable {
    public enum Role: String, Sendable {
        case property
        /// Any property whose name matches ``APISchemaRow/name``, a regular expression.
        case patternProperty
        /// Any property that has no row of its own.
        case additionalProperties
        /// What stands in a list, or at one place of it.
        case items
        /// What stands in a list after the places that have rows of their own.
        case otherItems
        /// One of several, of which exactly one holds.
        case oneOf
        /// One of several, of which at least one holds.
        case anyOf
        /// What a value must not be.
        case not
        /// What the name of every property is like.
        case propertyNames
        /// What at least one item of a list is like.
        case contains
        /// What a text holds, read as its media type.
        case content
        /// Where this holds, ``consequence`` does too, otherwise ``otherwise`` does.
        case condition
        case consequence
        case otherwise
        /// What holds too where there is a property ``APISchemaRow/name``.
        case dependent
    }

    public let role: Role
    /// Of the property; of an alternative its title or component; of a place in a list its number, from 1; empty otherwise.
    public let name: String
    public let isRequired: Bool
    public let schema: APISchema
}
