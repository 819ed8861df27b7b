/// How large a document, and what is made of it, may become.
///
/// What is read is refused beyond its limit; what is rendered is cut, and says so.
public struct DocumentLimits: Sendable, Equatable {
    // MARK: Reading

    /// The whole file.
    public var bytes = 5 * 1024 * 1024
    /// Objects and lists inside one another.
    public var depth = 100
    /// Scalars, lists and objects, a YAML alias counted as large as what it stands for.
    public var values = 500_000
    /// How many problems a refusal tells before it stops looking.
    public var problems = 20
    /// Operations of `paths` and `webhooks`.
    public var operations = 5_000
    /// A path, a media type, a name of a security scheme, in bytes.
    public var nameBytes = 2_000

    // MARK: Rendering, of which the operations may use one half of what the whole document has, and the components the other

    /// Schemas inside one another, before the rest is left to the component's own entry.
    public var schemaDepth = 8
    /// The same where the rest is no component, and so stands nowhere else.
    public var inlineDepth = 24
    /// Rows of one schema's tree.
    public var schemaRows = 400
    /// Rows of all schemas of a document.
    public var documentRows = 80_000
    /// Members that are looked at while schemas are merged and shown, over the whole document.
    public var steps = 1_000_000
    /// Values of one `enum`.
    public var enumValues = 100
    /// Parameters, headers, media types, tags, servers, examples, security requirements and scopes of one thing.
    public var listEntries = 200
    /// All of those together, over the whole document.
    public var documentEntries = 80_000
    /// A title, a summary, a name, a value in a table.
    public var labelBytes = 2_000
    /// A description.
    public var textBytes = 32 * 1024
    /// An example, given or made.
    public var exampleBytes = 16 * 1024
    /// Values of an example that is made from a schema.
    public var exampleValues = 200
    /// All texts of the model together; what comes later stays empty.
    public var modelBytes = 12 * 1024 * 1024
    /// All texts for search together.
    public var searchBytes = 256 * 1024

    public init() {}

    /// The usual limits for files of up to so many bytes, of which every tenth begins a value in dense documents.
    public init(bytes: Int) {
        self.init()
        self.bytes = bytes
        values = max(values, bytes / 10)
    }

    public static let standard = DocumentLimits()
}
