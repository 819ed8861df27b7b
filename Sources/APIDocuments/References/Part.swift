/// A value and the way to it, so that what is wrong with it can be told with its place.
struct Part: Sendable {
    let value: DocumentValue
    let pointer: JSONPointer

    /// Nil where there is no such member, or where it is `null`, which documents write for "nothing".
    subscript(name: String) -> Part? {
        guard let value = value[name], !value.isNull else { return nil }
        return Part(value: value, pointer: pointer[name])
    }

    /// The text of `$ref`, where there is one.
    var reference: String? {
        guard case .text(let text)? = value["$ref"]?.content else { return nil }
        return text
    }
}
