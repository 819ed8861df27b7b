/// What went wrong, above a form, with ways to the fields.
public struct ProblemView: Sendable {
    public struct Item: Sendable {
        /// The id of the field; nil where it is about none.
        public let field: String?
        public let text: String

        public init(field: String?, text: String) {
            self.field = field
            self.text = text
        }
    }

    public let title: String
    public let text: String?
    public let items: [Item]
    public let hasItems: Bool
    public let ways: [PageMessage.Way]
    public let hasWays: Bool

    public init(title: String, text: String?, items: [Item], ways: [PageMessage.Way] = []) {
        self.title = title
        self.text = text
        self.items = items
        hasItems = !items.isEmpty
        self.ways = ways
        hasWays = !ways.isEmpty
    }

    /// - Parameters:
    ///   - fields: of the form, from top to bottom.
    ///   - more: what else is wrong.
    public init(_ message: PageMessage, fields: [FieldView], more: [Item] = []) {
        let items = fields.compactMap { field in field.error.map { Item(field: field.id, text: $0) } } + more
        self.init(title: message.title, text: items.isEmpty ? message.text : nil, items: items, ways: message.ways)
    }
}
