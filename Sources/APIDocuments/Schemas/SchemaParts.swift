/// A schema with what its reference and its `allOf` add: the objects in which a keyword may stand, the schema's own first.
struct SchemaParts {
    struct Property {
        let name: String
        let part: Part
    }

    private static let mostParts = 64

    private(set) var parts: [Part] = []
    /// The same with what each is built on before it.
    private var basesFirst: [Part] = []
    /// `false` in place of a schema: nothing is valid.
    private(set) var isNever = false
    /// The reference that the schema is, if it is one, and where its chain of references ends.
    private(set) var identity: String?
    private(set) var component: String?
    private var visited: Set<String> = []
    private let context: ReadingContext

    init(_ part: Part, _ context: ReadingContext) {
        self.context = context
        if let reference = part.reference, case .found(let target, let identity) = context.references.outcome(of: reference) {
            self.identity = identity
            component = Self.component(at: target.pointer)
        }
        collect(part)
    }

    /// The name of a schema of `components`; nil for any other place.
    static func component(at pointer: JSONPointer) -> String? {
        guard case .child(.child(.child(.root, "components"), "schemas"), let name) = pointer else { return nil }
        return name
    }

    // MARK: Keywords

    /// The first that there is.
    subscript(keyword: String) -> Part? {
        for part in parts { if let found = part[keyword] { return found } }
        return nil
    }

    func flag(_ keyword: String) -> Bool { parts.contains { context.flag(keyword, of: $0) } }

    /// The value that the document shows for it: an example, or what it can only be.
    var example: DocumentValue? {
        if let part = self["example"] ?? self["const"] ?? self["default"] { return part.value }
        return self["examples"]?.value.list?.first ?? self["enum"]?.value.list?.first
    }

    /// Base schemas' properties come first; where two have the same name, the schema's own stays.
    func properties(atMost limit: Int) -> (shown: [Property], omitted: Int) {
        var shown: [Property] = []
        var positions: [String: Int] = [:]
        var omitted = 0
        for part in basesFirst {
            for (name, property) in context.members("properties", of: part) {
                if let position = positions[name] {
                    shown[position] = Property(name: name, part: property)
                } else if shown.count < limit {
                    positions[name] = shown.count
                    shown.append(Property(name: name, part: property))
                } else {
                    omitted += 1
                }
            }
        }
        return (shown, omitted)
    }

    /// Names of properties that must be there.
    var required: Set<String> {
        var names: Set<String> = []
        for part in parts {
            // In OpenAPI 2 a property said of itself that it is required; documents still do, and mean nothing by it here.
            guard part["required"]?.value.boolean == nil else { continue }
            for entry in context.entries("required", of: part) { if let name = entry.value.text { names.insert(name) } }
        }
        return names
    }

    func alternatives(_ keyword: String) -> [Part] { parts.flatMap { context.entries(keyword, of: $0) } }

    // MARK: Collecting

    private mutating func collect(_ part: Part) {
        guard parts.count < Self.mostParts, context.budget.takeSteps(1) else {
            context.budget.leaveOut()
            return
        }
        if let reference = part.reference {
            guard visited.insert(reference).inserted, let target = context.references.resolved(part) else { return }
            // What stands beside a reference adds to it (OpenAPI 3.1); in 3.0 it is ignored, but nobody writes it for that.
            let hasMore = (part.value.object?.members.count ?? 0) > 1
            if hasMore { parts.append(part) }
            collect(target)
            if hasMore { addBases(of: part) }
        } else {
            add(part)
        }
    }

    private mutating func add(_ part: Part) {
        switch part.value.content {
        case .boolean(let isAny): isNever = isNever || !isAny
        case .object:
            parts.append(part)
            addBases(of: part)
        default: context.expected("a schema", at: part)
        }
    }

    private mutating func addBases(of part: Part) {
        for entry in context.entries("allOf", of: part) { collect(entry) }
        basesFirst.append(part)
    }
}
