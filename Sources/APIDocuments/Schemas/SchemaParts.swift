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
    /// Whether `null` is the other alternative.
    private(set) var isOrNull = false
    /// Where the chain of references ends, if the schema is one, or one and `null`, or one and what is said about it here.
    private(set) var identity: String?
    private(set) var component: String?
    /// Where all references lead of which the schema is put together.
    private(set) var identities: [String] = []
    /// A base schema that is left out, because this one is inside of it.
    private(set) var openBase: String?
    private var visited: Set<String> = []
    private var open: [String]
    private let context: ReadingContext

    /// - Parameter open: the references that the schema is inside of; those are no bases of it again.
    init(_ part: Part, _ context: ReadingContext, open: [String] = []) {
        self.context = context
        self.open = open
        let (part, other) = Self.withoutNull(part)
        isOrNull = other != nil
        name(by: other ?? Self.onlyBase(of: part) ?? part)
        // Of one that begins again here nothing is shown but what it says of itself, for which its bases count.
        if let identity, open.contains(identity) { self.open = [] }
        collect(part)
        if let other { collect(other) }
    }

    /// Takes the name and the identity of what a reference leads to; of anything else there are none.
    private mutating func name(by part: Part) {
        guard part.reference != nil, case .found(let target, let identity) = context.references.outcome(of: part) else { return }
        self.identity = identity
        component = context.references.pointer(after: part).flatMap(Self.component) ?? Self.component(at: target.pointer)
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
        guard part.reference != nil else { return add(part) }
        guard case .found(_, let end) = context.references.outcome(of: part), let target = context.references.stop(after: part)
        else { return }
        guard visited.insert(target.pointer.exact).inserted else { return }
        identities.append(end)
        // What stands beside a reference adds to it (OpenAPI 3.1); in 3.0 it is ignored, but nobody writes it for that.
        let hasMore = !part.isNothingButReference
        if hasMore { parts.append(part) }
        collect(target)
        if hasMore { addBases(of: part) }
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
        for entry in context.entries("allOf", of: part) {
            if let name = openName(of: entry) { openBase = openBase ?? name } else { collect(entry) }
        }
        basesFirst.append(part)
    }

    /// The name of a base schema that this one is inside of.
    private func openName(of base: Part) -> String? {
        guard !open.isEmpty, base.reference != nil, case .found(let target, let end) = context.references.outcome(of: base),
            open.contains(end)
        else { return nil }
        return Self.component(at: target.pointer) ?? "#\(end)"
    }

    // MARK: Schemas that stand for another one

    /// `anyOf` and `oneOf` of a schema and `null` are that schema, which may be null too.
    ///
    /// - Returns: the schema without them, and the other of the two alternatives.
    private static func withoutNull(_ part: Part) -> (rest: Part, other: Part?) {
        // What is looked at again and again is small.
        guard part.reference == nil, let object = part.value.object, object.members.count <= 50 else { return (part, nil) }
        for keyword in ["anyOf", "oneOf"] {
            guard let list = part[keyword]?.value.list, list.count == 2 else { continue }
            let isNull = list.map { $0.object?.members.count == 1 && $0["type"]?.text == "null" }
            guard isNull[0] != isNull[1] else { continue }
            var rest = DocumentObject()
            for member in object.members where member.name != keyword { _ = rest.append(member.name, member.value) }
            let index = isNull[0] ? 1 : 0
            return (
                Part(value: DocumentValue(.object(rest), at: part.value.place), pointer: part.pointer),
                Part(value: list[index], pointer: part.pointer[keyword][index])
            )
        }
        return (part, nil)
    }

    /// The one entry of an `allOf` that has no other and beside which nothing says what a value looks like: OpenAPI 3.0 knows no
    /// other way to describe a reference.
    private static func onlyBase(of part: Part) -> Part? {
        guard part.reference == nil, let list = part["allOf"]?.value.list, list.count == 1 else { return nil }
        guard ["properties", "oneOf", "anyOf", "items", "additionalProperties"].allSatisfy({ part[$0] == nil }) else {
            return nil
        }
        return Part(value: list[0], pointer: part.pointer["allOf"][0])
    }
}
