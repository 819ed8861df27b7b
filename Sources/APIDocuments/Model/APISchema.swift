/// What values are allowed, as a tree of bounded depth and size.
public struct APISchema: Sendable, Equatable {
    /// What is not shown here, and where it goes on.
    public enum Continuation: Sendable, Equatable {
        /// The component stands inside of itself; this is where it begins again.
        case recursion(component: String)
        /// A limit was met. Nil where what is cut off is no component.
        case limit(component: String?)

        public var component: String? {
            switch self {
            case .recursion(let component): component
            case .limit(let component): component
            }
        }
    }

    /// The component that it is, by the name it has under `components`.
    public let component: String?
    public let title: String?
    /// In words, as in `string`, `array of Pet`, `integer or null`, `any`.
    public let type: String
    public let format: String?
    public let constraints: [APIConstraint]
    /// As JSON would write them, texts without their quotes.
    public let values: [String]
    public let omittedValues: Int
    public let constant: String?
    public let defaultValue: String?
    public let example: String?
    public let isReadOnly: Bool
    public let isWriteOnly: Bool
    public let isDeprecated: Bool
    public let description: Markdown?
    public let rows: [APISchemaRow]
    /// Properties and alternatives that there was no room for.
    public let omittedRows: Int
    public let continuation: Continuation?
}
