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
        let parts = SchemaParts(part, context, open: open)
        if let identity = parts.identity, open.contains(identity) {
            let name = parts.component ?? "#\(identity)"
            return SchemaFace(parts, context).schema(continuation: .recursion(component: context.label(name)))
        }
        let deepest = parts.component == nil ? context.limits.inlineDepth : context.limits.schemaDepth
        guard depth < deepest, room > 0, context.budget.hasRows else { return cut(parts) }
        let (rows, omitted) = rows(of: parts, depth: depth + 1, open: open + parts.identities)
        let base = parts.openBase.map { APISchema.Continuation.recursion(component: context.label($0)) }
        return SchemaFace(parts, context).schema(rows: rows, omittedRows: omitted, continuation: base)
    }

    /// A schema without what it has inside.
    private func cut(_ parts: SchemaParts) -> APISchema {
        let hasMore = SchemaTree.keywordsOfSchemas.contains { keyword in
            parts[keyword].map { $0.value.boolean == nil } ?? false
        }
        guard hasMore else { return SchemaFace(parts, context).schema() }
        // A component is shown as a whole at its own place.
        if parts.component == nil { context.budget.leaveOut() }
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
            // The word for the list's type says all of it.
            guard role != .items || name != "" || !schema.isPlain else { continue }
            let title = name ?? schema.title ?? schema.component ?? ""
            rows.append(APISchemaRow(role: role, name: title, isRequired: false, schema: schema))
        }
        if omitted > 0 { context.budget.leaveOut() }
        return (rows, omitted)
    }

    private typealias Other = (role: APISchemaRow.Role, name: String?, part: Part)

    /// In which there is more than the word for a type says.
    private static let keywordsOfSchemas = [
        "properties", "patternProperties", "additionalProperties", "items", "prefixItems", "oneOf", "anyOf", "not", "if",
        "dependentSchemas", "contains", "contentSchema",
    ]

    /// What a schema has inside besides properties.
    private func others(of parts: SchemaParts) -> [Other] {
        var others = named("patternProperties", .patternProperty, of: parts)
        others += single("additionalProperties", .additionalProperties, of: parts)
        others += single("unevaluatedProperties", .additionalProperties, of: parts)
        others += single("propertyNames", .propertyNames, of: parts)
        let places = parts.alternatives("prefixItems")
        others += places.enumerated().map { (.items, "\($0 + 1)", $1) }
        let rest: APISchemaRow.Role = places.isEmpty ? .items : .otherItems
        others += single("items", rest, of: parts) + single("unevaluatedItems", rest, of: parts)
        others += single("contains", .contains, of: parts) + single("contentSchema", .content, of: parts)
        others += parts.alternatives("oneOf").map { (.oneOf, nil, $0) }
        others += parts.alternatives("anyOf").map { (.anyOf, nil, $0) }
        others += single("not", .not, of: parts)
        for part in parts.parts where part["if"] != nil {
            let pairs: [(String, APISchemaRow.Role)] = [("if", .condition), ("then", .consequence), ("else", .otherwise)]
            others += pairs.compactMap { keyword, role in part[keyword].map { (role, "", $0) } }
        }
        return others + named("dependentSchemas", .dependent, of: parts)
    }

    /// What is asked of one thing; `true` and `false` in its place are no schemas to be shown.
    private func single(_ keyword: String, _ role: APISchemaRow.Role, of parts: SchemaParts) -> [Other] {
        guard let part = parts[keyword], part.value.boolean == nil else { return [] }
        return [(role, "", part)]
    }

    private func named(_ keyword: String, _ role: APISchemaRow.Role, of parts: SchemaParts) -> [Other] {
        parts.parts.filter { $0[keyword] != nil }
            .flatMap { part in context.members(keyword, of: part).map { (role, context.label($0.name), $0.part) } }
    }
}

extension APISchema {
    /// Whether the word for its type says all of it, so that a list of it needs no row.
    fileprivate var isPlain: Bool {
        rows.isEmpty && constraints.isEmpty && values.isEmpty && constant == nil && description == nil && continuation == nil
            && format == nil && example == nil && defaultValue == nil
    }
}
