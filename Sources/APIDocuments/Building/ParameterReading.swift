/// Reads the parameters of an operation, and those that its path gives to all of its operations.
struct ParameterReading {
    private struct Key: Hashable {
        let name: String
        let location: APIParameter.Location
    }

    let context: ReadingContext

    func parameters(of operation: Part, and item: Part) -> [APIParameter] {
        var known: Set<Key> = []
        let entries = context.entries("parameters", of: operation) + context.entries("parameters", of: item)
        return context.shown(entries).compactMap { entry in
            guard let part = context.object(entry), let key = key(of: part), known.insert(key).inserted else { return nil }
            return parameter(part, key)
        }
    }

    /// What the document shows for a parameter.
    private func value(of part: Part, _ schema: Part?) -> DocumentValue? {
        part["example"]?.value ?? firstExample(of: part) ?? schema.flatMap { SchemaParts($0, context).example }
    }

    private func firstExample(of part: Part) -> DocumentValue? {
        guard let first = context.members("examples", of: part).first else { return nil }
        return context.object(first.part)?["value"]?.value
    }

    private func key(of part: Part) -> Key? {
        guard let name = context.raw("name", of: part), !name.isEmpty, name.utf8.count <= context.limits.nameBytes else {
            context.problems.add("expected a parameter's name, found none of at most \(context.limits.nameBytes) bytes", at: part)
            return nil
        }
        guard let location = context.raw("in", of: part).flatMap(APIParameter.Location.init) else {
            context.problems.add("expected path, query, header or cookie as \"in\"", at: part["in"] ?? part)
            return nil
        }
        return Key(name: name, location: location)
    }

    private func parameter(_ part: Part, _ key: Key) -> APIParameter {
        let schema = schema(of: part)
        let value = value(of: part, schema)
        let limit = context.limits.labelBytes
        let style = ParameterStyle(of: part, named: key.name, in: key.location, context)
        let pairs = value.map { style.pairs(of: $0, in: key.location, bytes: limit) } ?? []
        return APIParameter(
            name: context.label(key.name), location: key.location,
            isRequired: context.flag("required", of: part) || key.location == .path,
            isDeprecated: context.flag("deprecated", of: part), description: context.markdown(of: part),
            schema: SchemaReading(context: context).schema(schema),
            example: value.map { context.label(JSONText.line($0, bytes: limit)) },
            pairs: pairs.map { APIParameter.Pair(name: context.label($0.name), value: context.label($0.value)) })
    }

    /// That of the part itself, or of its first media type.
    func schema(of part: Part) -> Part? {
        part["schema"] ?? context.members("content", of: part).first.flatMap { context.object($0.part) }?["schema"]
    }
}
