/// One thing that a schema asks of its values. Numbers and patterns are as the document has them.
public enum APIConstraint: Sendable, Equatable {
    /// Characters of a text, in signs: `1–20`, `≥ 1`, `≤ 20`, `8`.
    case length(String)
    /// How many items a list has, in the same signs.
    case items(String)
    /// How many properties an object has, in the same signs.
    case properties(String)
    /// Of a number: `≥ 1`, `< 10`.
    case bound(String)
    case multiple(of: String)
    /// A regular expression.
    case pattern(String)
    case uniqueItems
    /// Nothing but the properties that are named.
    case noOtherProperties
    /// Names of properties that must be there, and of which nothing else is said.
    case needs(String)
    /// No items after those that are described one by one.
    case noOtherItems
    /// Where a property is there, others are needed too.
    case dependent(property: String, others: String)
    /// The property by whose value the alternatives are told apart, and which is which where its values are no schemas' names.
    case discriminator(property: String, mapping: [String])
    /// How a text encodes bytes, as in `base64`.
    case encoding(String)
    /// What an encoded text holds, as in `image/png`.
    case mediaType(String)
}
