/// Makes an example from a schema: always the same one, of bounded size, without what would go around in a circle.
struct ExampleGeneration {
    enum Direction {
        /// Without what only an answer has.
        case request
        /// Without what only a request has.
        case response
    }

    private let context: ReadingContext
    private let direction: Direction
    private var room: Int

    init(context: ReadingContext, direction: Direction) {
        self.context = context
        self.direction = direction
        room = context.limits.exampleValues
    }

    /// Nil where there is no room, or where the schema allows nothing that ends.
    mutating func value(of schema: Part) -> DocumentValue? { value(of: schema, depth: 0, open: []) }

    private mutating func value(of schema: Part, depth: Int, open: [String]) -> DocumentValue? {
        let parts = SchemaParts(schema, context)
        if let identity = parts.identity, open.contains(identity) { return nil }
        guard !parts.isNever, room > 0, depth <= context.limits.schemaDepth else { return nil }
        room -= 1
        if let given = parts.example { return given }
        let opened = parts.identity.map { open + [$0] } ?? open
        switch type(of: parts) {
        case "object": return object(parts, depth: depth + 1, open: opened)
        case "array":
            guard let items = parts["items"] else { return DocumentValue(.list([])) }
            return DocumentValue(.list([value(of: items, depth: depth + 1, open: opened)].compactMap(\.self)))
        case "integer": return number(parts, isWhole: true)
        case "number": return number(parts, isWhole: false)
        case "boolean": return DocumentValue(.boolean(true))
        case "null": return DocumentValue(.null)
        case "string": return DocumentValue(.text(ExampleText.text(for: parts)))
        default: return DocumentValue(.object(DocumentObject()))
        }
    }

    private func type(of parts: SchemaParts) -> String? {
        if let type = parts["type"]?.value {
            return type.text ?? type.list?.compactMap(\.text).first { $0 != "null" } ?? "null"
        }
        if parts["items"] != nil { return "array" }
        if ["properties", "additionalProperties", "oneOf", "anyOf"].contains(where: { parts[$0] != nil }) { return "object" }
        return parts["format"] != nil || parts["pattern"] != nil ? "string" : nil
    }

    private mutating func object(_ parts: SchemaParts, depth: Int, open: [String]) -> DocumentValue? {
        var object = DocumentObject()
        let hidden = direction == .request ? "readOnly" : "writeOnly"
        for property in parts.properties(atMost: max(0, room)).shown {
            guard !SchemaParts(property.part, context).flag(hidden) else { continue }
            guard let value = value(of: property.part, depth: depth, open: open) else { continue }
            _ = object.append(property.name, value)
        }
        if let alternative = parts.alternatives("oneOf").first ?? parts.alternatives("anyOf").first {
            guard let value = value(of: alternative, depth: depth, open: open) else {
                return object.members.isEmpty ? nil : DocumentValue(.object(object))
            }
            guard let more = value.object else { return object.members.isEmpty ? value : DocumentValue(.object(object)) }
            for member in more.members { _ = object.append(member.name, member.value) }
        }
        if object.members.isEmpty, let part = parts["additionalProperties"], part.value.object != nil {
            if let value = value(of: part, depth: depth, open: open) { _ = object.append("name", value) }
        }
        return DocumentValue(.object(object))
    }

    private func number(_ parts: SchemaParts, isWhole: Bool) -> DocumentValue {
        if let step = parts["multipleOf"]?.value, step.number != nil { return step }
        let least = parts["minimum"]?.value.number ?? parts["exclusiveMinimum"]?.value.number.map { $0 + 1 }
        let most = parts["maximum"]?.value.number ?? parts["exclusiveMaximum"]?.value.number.map { $0 - 1 }
        var number = max(1, least ?? 1)
        if parts["exclusiveMinimum"]?.value.boolean == true, number == least { number += 1 }
        if let most { number = min(number, most) }
        let isExact = isWhole || number == number.rounded()
        return DocumentValue(.number(isExact && abs(number) < 1e15 ? String(Int(number.rounded())) : "\(number)"))
    }
}
