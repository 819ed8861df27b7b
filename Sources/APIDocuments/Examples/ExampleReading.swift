/// Reads the examples of a body, or makes one.
struct ExampleReading {
    let context: ReadingContext
    let mediaType: String

    func examples(of content: Part, _ schema: Part?, for direction: ExampleGeneration.Direction) -> [APIExample] {
        let named = context.shown(context.members("examples", of: content)).compactMap { example($0.part, named: $0.name) }
        if !named.isEmpty { return named }
        if let given = content["example"] { return [example(given.value, isGenerated: false)] }
        guard let schema, MediaType.isJSON(mediaType) else { return [] }
        var generation = ExampleGeneration(context: context, direction: direction)
        return generation.value(of: schema).map { [example($0, isGenerated: true)] } ?? []
    }

    private func example(_ part: Part, named name: String) -> APIExample? {
        guard let part = context.object(part, expecting: "an object with the example as \"value\"") else { return nil }
        let address = context.address("externalValue", of: part)
        guard let value = part.value["value"] ?? (address == nil ? nil : DocumentValue(.text(""))) else { return nil }
        return example(
            value, isGenerated: false, name: context.label(name), summary: context.label("summary", of: part),
            description: context.markdown(of: part), address: address)
    }

    private func example(
        _ value: DocumentValue, isGenerated: Bool, name: String? = nil, summary: String? = nil, description: Markdown? = nil,
        address: WebAddress? = nil
    ) -> APIExample {
        let (text, isCut) = text(of: value)
        return APIExample(
            name: name, summary: summary, description: description, text: context.lines(text), isGenerated: isGenerated,
            isCut: isCut, externalURL: address)
    }

    private func text(of value: DocumentValue) -> (text: String, isCut: Bool) {
        let limit = context.limits.exampleBytes
        guard case .text(let text) = value.content, !MediaType.isJSON(mediaType) || isWrittenOut(text) else {
            return JSONText.indented(value, bytes: limit - 10)
        }
        return (text, text.utf8.count > limit)
    }

    /// Whether a document has the JSON itself as a text, as many do.
    private func isWrittenOut(_ text: String) -> Bool {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        return first == "{" || first == "["
    }
}
