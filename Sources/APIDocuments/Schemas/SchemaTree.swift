/// The tree of one schema while it grows: never deeper and never larger than its limits, never around in a circle.
struct SchemaTree {
    private let context: ReadingContext
    private var room: Int

    init(context: ReadingContext) {
        self.context = context
        room = context.limits.schemaRows
    }

    /// - Parameters:
    ///   - depth: how many schemas this one is inside of.
    ///   - open: the references that this one is inside of.
    mutating func schema(_ part: Part, depth: Int, open: [String]) -> APISchema {
        let parts = SchemaParts(part, context)
        if let identity = parts.identity, open.contains(identity) {
            let name = parts.component ?? "#\(identity)"
            return SchemaFace(parts, context).schema(continuation: .recursion(component: context.label(name)))
        }
        guard depth < context.limits.schemaDepth, room > 0, context.budget.hasRows else { return cut(parts) }
        let opened = parts.identity.map { open + [$0] } ?? open
        let (rows, omitted) = rows(of: parts, depth: depth + 1, open: opened)
        return SchemaFace(parts, context).schema(rows: rows, omittedRows: omitted)
    }

    /// A schema without what it has inside.
    private func cut(_ parts: SchemaParts) -> APISchema {
        let hasMore = ["properties", "items", "oneOf", "anyOf", "additionalProperties"].contains { keyword in
            parts[keyword].map { $0.value.boolean == nil } ?? false
        }
        guard hasMore else { return SchemaFace(parts, context).schema() }
        context.budget.leaveOut()
        return SchemaFace(parts, context).schema(continuation: .limit(component: parts.component.map { context.label($0) }))
    }

    private mutating func rows(of parts: SchemaParts, depth: Int, open: [String]) -> (rows: [APISchemaRow], omitted: Int) {
        let (found, missing) = parts.properties(atMost: room)
        // Taken before anything below is read, so that a large first property does not hide the others.
        let properties = found.prefix(context.budget.takeRows(found.count))
        let required = properties.isEmpty ? [] : parts.required
        var omitted = missing + found.count - properties.count
        var rows: [APISchemaRow] = []
        room -= properties.count
        for property in properties {
            let schema = schema(property.part, depth: depth, open: open)
            let isRequired = required.contains(property.name)
            rows.append(
                APISchemaRow(role: .property, name: context.label(property.name), isRequired: isRequired, schema: schema))
        }
        for (role, name, part) in others(of: parts) {
            guard room > 0, context.budget.takeRows(1) == 1 else {
                omitted += 1
                continue
            }
            room -= 1
            let schema = schema(part, depth: depth, open: open)
            guard role != .items || !schema.isPlain else { continue }
            let title = name ?? schema.title ?? schema.component ?? ""
            rows.append(APISchemaRow(role: role, name: title, isRequired: false, schema: schema))
        }
        if omitted > 0 { context.budget.leaveOut() }
        return (rows, omitted)
    }

    /// What a schema has inside besides properties.
    private func others(of parts: SchemaParts) -> [(role: APISchemaRow.Role, name: String?, part: Part)] {
        var others: [(role: APISchemaRow.Role, name: String?, part: Part)] = []
        for part in parts.parts where part["patternProperties"] != nil {
            others += context.members("patternProperties", of: part).map { (.patternProperty, context.label($0.name), $0.part) }
        }
        if let part = parts["additionalProperties"], part.value.boolean == nil {
            others.append((.additionalProperties, "", part))
        }
        others += parts.alternatives("prefixItems").enumerated().map { (.items, "\($0)", $1) }
        if let part = parts["items"], part.value.boolean == nil { others.append((.items, "", part)) }
        others += parts.alternatives("oneOf").map { (.oneOf, nil, $0) }
        others += parts.alternatives("anyOf").map { (.anyOf, nil, $0) }
        if let part = parts["not"] { others.append((.not, "", part)) }
        return others
    }
}

extension APISchema {
    /// Whether the word for its type says all of it, so that a list of it needs no row.
    fileprivate var isPlain: Bool {
        rows.isEmpty && constraints.isEmpty && values.isEmpty && constant == nil && description == nil && continuation == nil
            && format == nil && example == nil && defaultValue == nil
    }
}
