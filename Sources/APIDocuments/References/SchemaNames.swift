/// The names that schemas give themselves with `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12, section 8.2), by which
/// references of OpenAPI 3.1 may find them.
struct SchemaNames {
    private struct Anchor: Hashable {
        let resource: String
        let name: String
    }

    /// What is inside of what, as far as there are schemas with an `$id`.
    private final class Branch {
        var branches: [String: Branch] = [:]
        var isResource = false
    }

    private let trunk = Branch()
    private var resourcesByID: [String: JSONPointer] = [:]
    private var anchors: [Anchor: JSONPointer] = [:]
    private var anchorsAnywhere: [String: JSONPointer] = [:]

    private static let keywordsOfAnchors = ["$anchor", "$dynamicAnchor"]

    init(of root: DocumentValue) {
        // Few documents have any, and looking for them without pointers costs next to nothing.
        guard Self.hasNames(root) else { return }
        var named: [(pointer: JSONPointer, anchor: String)] = []
        var resources: [(pointer: JSONPointer, id: String)] = []
        SchemaWalk { part, object in
            if let id = part["$id"]?.value.text { resources.append((part.pointer, id)) }
            named += Self.keywordsOfAnchors.compactMap { keyword in part[keyword]?.value.text.map { (part.pointer, $0) } }
            return true
        }.walk(Part(value: root, pointer: .root))
        for (pointer, id) in resources {
            add(pointer)
            let id = id.hasSuffix("#") ? String(id.dropLast()) : id
            if resourcesByID[id] == nil { resourcesByID[id] = pointer }
        }
        for (pointer, name) in named {
            anchors[Anchor(resource: resource(around: pointer).exact, name: name)] = pointer
            if anchorsAnywhere[name] == nil { anchorsAnywhere[name] = pointer }
        }
    }

    /// The nearest schema with an `$id` that a place is inside of; the root where there is none.
    func resource(around pointer: JSONPointer) -> JSONPointer {
        guard !trunk.branches.isEmpty else { return .root }
        let tokens = pointer.tokens
        var (branch, depth) = (trunk, 0)
        for (index, token) in tokens.enumerated() {
            guard let next = branch.branches[token] else { break }
            branch = next
            if branch.isResource { depth = index + 1 }
        }
        return JSONPointer(Array(tokens.prefix(depth)))
    }

    private func add(_ resource: JSONPointer) {
        var branch = trunk
        for token in resource.tokens {
            let next = branch.branches[token] ?? Branch()
            branch.branches[token] = next
            branch = next
        }
        branch.isResource = true
    }

    /// The schema with that `$id`, as it is written.
    func resource(withID id: String) -> JSONPointer? { resourcesByID[id] }

    /// The schema with that anchor, of the resource first.
    func anchor(_ name: String, in resource: JSONPointer) -> JSONPointer? {
        anchorsAnywhere.isEmpty ? nil : anchors[Anchor(resource: resource.exact, name: name)] ?? anchorsAnywhere[name]
    }

    private static func hasNames(_ value: DocumentValue) -> Bool {
        switch value.content {
        case .list(let list): list.contains(where: hasNames)
        case .object(let object):
            object.members.contains { member in
                (member.name == "$id" || keywordsOfAnchors.contains(member.name)) && member.value.text != nil
                    || hasNames(member.value)
            }
        default: false
        }
    }
}
