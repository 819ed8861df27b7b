/// Looks at every reference of a document before anything is made of it: none leads elsewhere, into nothing or in a circle of
/// references alone.
struct ReferenceCheck {
    let references: References
    let problems: ProblemLog

    /// What holds values of an API's users, in which `$ref` is a name like any other.
    private static let keysOfData: Set<String> = ["example", "default", "enum", "const"]
    /// What holds things by names that the document's author chose.
    private static let keysOfNames: Set<String> = [
        "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "responses", "parameters",
        "examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks",
        "content", "encoding", "variables",
    ]

    func check(_ part: Part, hasChosenNames: Bool = false) {
        guard !problems.isFull else { return }
        switch part.value.content {
        case .list(let list):
            for (index, value) in list.enumerated() { check(Part(value: value, pointer: part.pointer[index])) }
        case .object(let object):
            if let reference = part.reference, case .wrong(let reason) = references.outcome(of: reference) {
                problems.add(reason, at: Part(value: object["$ref"] ?? part.value, pointer: part.pointer["$ref"]))
            }
            for member in object.members { check(member, of: part, hasChosenNames: hasChosenNames) }
        default: break
        }
    }

    private func check(_ member: DocumentObject.Member, of part: Part, hasChosenNames: Bool) {
        let below = Part(value: member.value, pointer: part.pointer[member.name])
        if hasChosenNames {
            check(below)
        } else if isData(member, of: part) {
            return
        } else if !Self.keysOfData.contains(member.name) && !member.name.hasPrefix("x-") {
            check(below, hasChosenNames: Self.keysOfNames.contains(member.name))
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
