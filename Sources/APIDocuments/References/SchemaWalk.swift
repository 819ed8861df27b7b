/// Goes through every part of a document in which `$ref`, `$id` and the like are keywords: not through examples and other values of an
/// API's users, in which they are names like any other.
struct SchemaWalk {
    /// What holds values of an API's users.
    private static let keysOfData: Set<String> = ["example", "default", "enum", "const"]
    /// What holds things by names that the document's author chose.
    private static let keysOfNames: Set<String> = [
        "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "responses", "parameters",
        "examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks",
        "content", "encoding", "variables",
    ]

    /// Looks at an object; false where that was enough.
    let look: (Part, DocumentObject) -> Bool

    func walk(_ part: Part) { walk(part, hasChosenNames: false) }

    private func walk(_ part: Part, hasChosenNames: Bool) {
        switch part.value.content {
        case .list(let list):
            for (index, value) in list.enumerated() { walk(Part(value: value, pointer: part.pointer[index])) }
        case .object(let object):
            guard look(part, object) else { return }
            for member in object.members { walk(member, of: part, hasChosenNames: hasChosenNames) }
        default: break
        }
    }

    private func walk(_ member: DocumentObject.Member, of part: Part, hasChosenNames: Bool) {
        let below = Part(value: member.value, pointer: part.pointer[member.name])
        if hasChosenNames {
            walk(below)
        } else if isData(member, of: part) {
            return
        } else if !Self.keysOfData.contains(member.name) && !member.name.hasPrefix("x-") {
            walk(below, hasChosenNames: Self.keysOfNames.contains(member.name))
        }
    }

    /// The examples of a schema are a list of data; those of a parameter or a body have their data in `value`.
    private func isData(_ member: DocumentObject.Member, of part: Part) -> Bool {
        switch member.name {
        case "examples": return member.value.list != nil
        case "value":
            guard case .child(.child(_, "examples"), _) = part.pointer else { return false }
            return true
        default: return false
        }
    }
}
