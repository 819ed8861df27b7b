/// What a schema asks of its values.
struct ConstraintReading {
    private let parts: SchemaParts
    private let context: ReadingContext

    init(_ parts: SchemaParts, _ context: ReadingContext) {
        self.parts = parts
        self.context = context
    }

    var constraints: [APIConstraint] {
        let constraints: [APIConstraint?] = [
            range("minLength", "maxLength").map(APIConstraint.length),
            bound("minimum", "exclusiveMinimum", "≥", ">").map(APIConstraint.bound),
            bound("maximum", "exclusiveMaximum", "≤", "<").map(APIConstraint.bound),
            text("multipleOf").map(APIConstraint.multiple), text("pattern").map(APIConstraint.pattern),
            range("minItems", "maxItems").map(APIConstraint.items),
            range("minProperties", "maxProperties").map(APIConstraint.properties),
            parts.flag("uniqueItems") ? .uniqueItems : nil,
            isClosed("additionalProperties", "unevaluatedProperties") ? .noOtherProperties : nil,
            isClosed("items", "unevaluatedItems") ? .noOtherItems : nil, needs, discriminator,
            text("contentEncoding").map(APIConstraint.encoding), text("contentMediaType").map(APIConstraint.mediaType),
        ]
        return constraints.compactMap(\.self) + dependencies
    }

    private func isClosed(_ keywords: String...) -> Bool { keywords.contains { parts[$0]?.value.boolean == false } }

    /// As in `anyOf: [{required: [a]}, {required: [b]}]`.
    private var needs: APIConstraint? {
        let names = parts.required.filter { name in !parts.parts.contains { $0["properties"]?.value[name] != nil } }
        guard !names.isEmpty else { return nil }
        return .needs(context.label(names.sorted().prefix(context.limits.listEntries).joined(separator: ", ")))
    }

    /// `petType`, and `dog → Dog` where the schema's name is another than the value.
    private var discriminator: APIConstraint? {
        guard let part = parts["discriminator"], let property = part["propertyName"]?.value.text else { return nil }
        let mapping = context.shown(context.members("mapping", of: part, without: Extension.isNone)).compactMap { value, part in
            part.value.text.map { (value: context.label(value), schema: context.label(Self.lastName(in: $0))) }
        }
        let words = mapping.filter { $0.value != $0.schema }.map { "\($0.value) → \($0.schema)" }
        return .discriminator(property: context.label(property), mapping: words)
    }

    /// Of `#/components/schemas/Dog` the last part.
    private static func lastName(in reference: String) -> String {
        reference.split(separator: "/").last.map(String.init) ?? reference
    }

    private var dependencies: [APIConstraint] {
        parts.parts.filter { $0["dependentRequired"] != nil }.flatMap { part in
            context.shown(context.members("dependentRequired", of: part, without: Extension.isNone)).map { name, names in
                let others = names.value.list?.prefix(context.limits.listEntries).compactMap(\.text) ?? []
                return .dependent(property: context.label(name), others: context.label(others.joined(separator: ", ")))
            }
        }
    }

    private func text(_ keyword: String) -> String? { parts[keyword]?.value.text.map { context.label($0) } }

    private func range(_ minimum: String, _ maximum: String) -> String? {
        let least = text(minimum).flatMap { $0 == "0" ? nil : $0 }
        switch (least, text(maximum)) {
        case (let least?, let most?): return least == most ? least : "\(least)–\(most)"
        case (let least?, nil): return "≥ \(least)"
        case (nil, let most?): return "≤ \(most)"
        case (nil, nil): return nil
        }
    }

    /// In OpenAPI 3.0 the exclusive bound is a flag beside the bound, in 3.1 it is a number of its own.
    private func bound(_ keyword: String, _ exclusive: String, _ sign: String, _ exclusiveSign: String) -> String? {
        if let other = parts[exclusive]?.value, other.boolean == nil { return text(exclusive).map { "\(exclusiveSign) \($0)" } }
        let isExclusive = parts[exclusive]?.value.boolean == true
        return text(keyword).map { "\(isExclusive ? exclusiveSign : sign) \($0)" }
    }
}
