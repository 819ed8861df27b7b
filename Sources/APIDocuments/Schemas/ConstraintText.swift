/// What a schema asks of its values, in words.
struct ConstraintText {
    private let parts: SchemaParts
    private let context: ReadingContext

    init(_ parts: SchemaParts, _ context: ReadingContext) {
        self.parts = parts
        self.context = context
    }

    var texts: [String] {
        let texts = [
            range("minLength", "maxLength", "character"), bound("minimum", "exclusiveMinimum", "≥", ">"),
            bound("maximum", "exclusiveMaximum", "≤", "<"), text("multipleOf") { "a multiple of \($0)" },
            text("pattern") { "matches \($0)" }, range("minItems", "maxItems", "item"),
            range("minProperties", "maxProperties", "property"), parts.flag("uniqueItems") ? "no item twice" : nil,
            parts["additionalProperties"]?.value.boolean == false ? "no other properties" : nil,
            text("contentEncoding") { "encoded as \($0)" }, text("contentMediaType") { "contains \($0)" },
        ]
        return texts.compactMap(\.self)
    }

    private func text(_ keyword: String, _ phrase: (String) -> String) -> String? {
        parts[keyword]?.value.text.map { phrase(context.label($0)) }
    }

    private func range(_ minimum: String, _ maximum: String, _ unit: String) -> String? {
        let least = text(minimum) { $0 }.flatMap { $0 == "0" ? nil : $0 }
        switch (least, text(maximum) { $0 }) {
        case (let least?, let most?) where least == most: return "exactly \(counted(least, unit))"
        case (let least?, let most?): return "\(least) to \(counted(most, unit))"
        case (let least?, nil): return "at least \(counted(least, unit))"
        case (nil, let most?): return "at most \(counted(most, unit))"
        case (nil, nil): return nil
        }
    }

    /// In OpenAPI 3.0 the exclusive bound is a flag beside the bound, in 3.1 it is a number of its own.
    private func bound(_ keyword: String, _ exclusive: String, _ sign: String, _ exclusiveSign: String) -> String? {
        if let other = parts[exclusive]?.value, other.boolean == nil { return text(exclusive) { "\(exclusiveSign) \($0)" } }
        let isExclusive = parts[exclusive]?.value.boolean == true
        return text(keyword) { "\(isExclusive ? exclusiveSign : sign) \($0)" }
    }

    private func counted(_ number: String, _ unit: String) -> String {
        guard number != "1" else { return "1 \(unit)" }
        return "\(number) \(unit == "property" ? "properties" : unit + "s")"
    }
}
