/// A value and the way to it, so that what is wrong with it can be told with its place.
struct Part: Sendable {
    let value: DocumentValue
    let pointer: JSONPointer

    /// Nil where there is no such member, or where it is `null`, which documents write for "nothing".
    subscript(name: String) -> Part? {
        guard let value = value[name], !value.isNull else { return nil }
        return Part(value: value, pointer: pointer[name])
    }

    /// The text of `$ref`, where there is one, otherwise that of `$dynamicRef`, which leads to the nearest schema of that name.
    var reference: String? { target("$ref") ?? target("$dynamicRef") }

    /// Which member makes the part a reference.
    var referenceKeyword: String? {
        if target("$ref") != nil { return "$ref" }
        return target("$dynamicRef") == nil ? nil : "$dynamicRef"
    }

    private func target(_ keyword: String) -> String? {
        guard case .text(let text)? = value[keyword]?.content else { return nil }
        return text
    }

    /// Whether nothing stands beside the reference.
    var isNothingButReference: Bool { reference != nil && value.object?.members.count == 1 }

    /// What a reference stands for, with the description that stands beside the reference (Reference Object of OpenAPI 3.1).
    func described(by reference: Part) -> Part {
        guard let own = value.object else { return self }
        var merged = DocumentObject()
        for name in ["summary", "description"] { if let text = reference[name]?.value { _ = merged.append(name, text) } }
        for member in own.members { _ = merged.append(member.name, member.value) }
        return Part(value: DocumentValue(.object(merged), at: value.place), pointer: pointer)
    }

    /// What a path item's reference stands for, with the other members of the path item.
    func completed(with reference: Part) -> Part {
        guard reference.reference != nil, !reference.isNothingButReference else { return self }
        var merged = DocumentObject()
        // Nothing else of a path item is ever asked for.
        for name in ["summary", "description", "servers", "parameters"] + HTTPMethod.allCases.map(\.rawValue) {
            if let value = (reference[name] ?? self[name])?.value { _ = merged.append(name, value) }
        }
        return Part(value: DocumentValue(.object(merged), at: value.place), pointer: pointer)
    }
}
