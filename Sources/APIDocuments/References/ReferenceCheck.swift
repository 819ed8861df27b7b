/// Looks at every reference of a document before anything is made of it: none leads elsewhere, into nothing or in a circle of
/// references alone.
struct ReferenceCheck {
    let references: References
    let problems: ProblemLog

    func check(_ root: Part) {
        let walk = SchemaWalk { part, object in
            guard !problems.isFull else { return false }
            if let keyword = part.referenceKeyword, case .wrong(let reason) = references.outcome(of: part) {
                problems.add(reason, at: Part(value: object[keyword] ?? part.value, pointer: part.pointer[keyword]))
            }
            return true
        }
        walk.walk(root)
    }
}
