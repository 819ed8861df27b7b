/// Puts operations together by their first tag.
struct TagReading {
    let context: ReadingContext

    /// Tags in the order of `tags`, then those that only operations have, then the operations without one.
    func groups(of operations: [APIOperation], in root: Part) -> [APIOperationGroup] {
        var names: [String] = []
        var parts: [String: Part] = [:]
        for entry in context.entries("tags", of: root) {
            guard let tag = context.object(entry) else { continue }
            guard let name = context.requiredLabel("name", of: tag, expecting: "the tag's name") else { continue }
            if parts.updateValue(tag, forKey: name) == nil { names.append(name) }
        }
        var operationsByTag: [String: [APIOperation]] = [:]
        var untagged: [APIOperation] = []
        for operation in operations {
            guard let tag = operation.tags.first else {
                untagged.append(operation)
                continue
            }
            if parts[tag] == nil && operationsByTag[tag] == nil { names.append(tag) }
            operationsByTag[tag, default: []].append(operation)
        }
        let tagged = names.compactMap { name in operationsByTag[name].map { group(name, parts[name], $0) } }
        return untagged.isEmpty ? tagged : tagged + [group(nil, nil, untagged)]
    }

    private func group(_ name: String?, _ tag: Part?, _ operations: [APIOperation]) -> APIOperationGroup {
        APIOperationGroup(
            name: name, description: tag.flatMap { context.markdown(of: $0) },
            externalDocumentation: tag.flatMap { OverviewReading(context: context).link(of: $0) }, operations: operations)
    }
}
