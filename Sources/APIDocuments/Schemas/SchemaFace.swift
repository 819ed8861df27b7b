/// What a schema says of itself: everything but what it has inside.
struct SchemaFace {
    private let parts: SchemaParts
    private let context: ReadingContext

    init(_ parts: SchemaParts, _ context: ReadingContext) {
        self.parts = parts
        self.context = context
    }

    func schema(
        rows: [APISchemaRow] = [], omittedRows: Int = 0, continuation: APISchema.Continuation? = nil
    ) -> APISchema {
        let (values, omittedValues) = values
        return APISchema(
            component: parts.component.map { context.label($0) }, title: label("title"),
            type: TypeText(context: context).text(of: parts), format: label("format"),
            constraints: ConstraintReading(parts, context).constraints, values: values, omittedValues: omittedValues,
            constant: line("const"), defaultValue: line("default"), example: example, isReadOnly: parts.flag("readOnly"),
            isWriteOnly: parts.flag("writeOnly"), isDeprecated: parts.flag("deprecated"), description: description, rows: rows,
            omittedRows: omittedRows, continuation: continuation)
    }

    private var description: Markdown? {
        for part in parts.parts { if let description = context.markdown(of: part) { return description } }
        return nil
    }

    private var values: (shown: [String], omitted: Int) {
        guard let member = parts["enum"] else { return ([], 0) }
        guard let list = member.value.list else {
            context.expected("a list of values", at: member)
            return ([], 0)
        }
        let shown = list.prefix(context.limits.enumValues).map { line($0) }
        if list.count > shown.count { context.budget.leaveOut() }
        return (shown, list.count - shown.count)
    }

    private var example: String? {
        (parts["example"]?.value ?? parts["examples"]?.value.list?.first).map { line($0) }
    }

    private func label(_ keyword: String) -> String? { parts[keyword]?.value.text.map { context.label($0) } }

    private func line(_ keyword: String) -> String? { parts[keyword].map { line($0.value) } }

    private func line(_ value: DocumentValue) -> String {
        context.label(JSONText.line(value, bytes: context.limits.labelBytes))
    }
}
