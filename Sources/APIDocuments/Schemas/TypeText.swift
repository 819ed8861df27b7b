/// The type of a schema in words.
struct TypeText {
    private static let deepestList = 3

    let context: ReadingContext

    /// As in `string`, `array of Pet`, `integer or null`, `any`.
    func text(of parts: SchemaParts) -> String { text(of: parts, depth: 0) }

    private func text(of parts: SchemaParts, depth: Int) -> String {
        if parts.isNever { return "nothing" }
        var types = types(of: parts)
        let isNullable = types.contains("null") || parts.flag("nullable") || parts.isOrNull
        types.removeAll { $0 == "null" }
        if types.isEmpty { types = [implied(by: parts)].compactMap(\.self) }
        types = types.map { $0 == "array" ? list(of: parts, depth: depth) : $0 }
        if types.isEmpty { return isNullable && parts["type"] != nil ? "null" : "any" }
        if isNullable { types.append("null") }
        return types.joined(separator: " or ")
    }

    private func types(of parts: SchemaParts) -> [String] {
        guard let type = parts["type"] else { return [] }
        if let text = type.value.text { return [context.label(text)] }
        guard let list = type.value.list else {
            context.expected("a type, or a list of types", at: type)
            return []
        }
        // There are seven types.
        return list.prefix(7).compactMap(\.text).map { context.label($0) }
    }

    private func implied(by parts: SchemaParts) -> String? {
        if parts["properties"] != nil || parts["additionalProperties"]?.value.object != nil { return "object" }
        if parts["items"] != nil || parts["prefixItems"] != nil { return "array" }
        if parts["oneOf"] != nil { return "one of" }
        if parts["anyOf"] != nil { return "any of" }
        switch parts.example?.content {
        case .text where parts["enum"] != nil || parts["const"] != nil: return "string"
        case .boolean where parts["const"] != nil: return "boolean"
        default: return nil
        }
    }

    private func list(of parts: SchemaParts, depth: Int) -> String {
        guard depth < Self.deepestList, let items = parts["items"] else { return "array" }
        let below = SchemaParts(items, context)
        guard !below.isNever else { return "array" }
        let name = below.component.map { context.label($0) } ?? text(of: below, depth: depth + 1)
        return name == "any" ? "array" : "array of \(name)"
    }
}
