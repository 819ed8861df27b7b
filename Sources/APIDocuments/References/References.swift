import Languages

/// The references of one document, each resolved once.
///
/// A reference type, because it remembers; it is used by one thread while a document is read.
final class References {
    enum Outcome {
        /// What stands at the end of the chain of references, and its pointer.
        case found(Part, identity: String)
        case wrong(Wording)
    }

    /// A reference, and the schema with an `$id` that it is inside of.
    private struct Link: Hashable {
        let resource: String
        let reference: String
    }

    private let root: DocumentValue
    private let names: SchemaNames
    private var outcomes: [Link: Outcome] = [:]
    private var stops: [Link: Part] = [:]

    init(root: DocumentValue) {
        self.root = root
        names = SchemaNames(of: root)
    }

    /// Follows the reference of a part, and what it finds if that is a reference again.
    func outcome(of part: Part) -> Outcome {
        var chain: [Link] = []
        var current = part
        var outcome: Outcome?
        // Each link is remembered, so that all chains together cost as much as there are links.
        while outcome == nil {
            guard let reference = current.reference else {
                outcome = .found(current, identity: current.pointer.exact)
                break
            }
            let link = link(reference, of: current)
            if let known = outcomes[link] {
                outcome = known
                break
            }
            outcomes[link] = .wrong("expected a value at the end of the references, found only references to each other")
            chain.append(link)
            switch target(of: reference, from: current) {
            case .success(let next): current = next
            case .failure(let wrong): outcome = .wrong(wrong.reason)
            }
        }
        let end = outcome ?? .wrong("expected a reference")
        for link in chain { outcomes[link] = end }
        return end
    }

    /// The part itself, or what its reference stands for; nil where that was refused.
    func resolved(_ part: Part) -> Part? {
        guard part.reference != nil else { return part }
        guard case .found(let target, _) = outcome(of: part) else { return nil }
        return target
    }

    /// Where the reference of a schema leads: to its end, or to another reference beside which something stands.
    func stop(after part: Part) -> Part? {
        var chain: [Link] = []
        var known: Set<Link> = []
        var current = part
        repeat {
            guard let reference = current.reference else { break }
            let link = link(reference, of: current)
            if let stop = stops[link] {
                current = stop
                break
            }
            guard known.insert(link).inserted, case .success(let next) = target(of: reference, from: current) else { return nil }
            chain.append(link)
            current = next
        } while current.isNothingButReference
        for link in chain { stops[link] = current }
        return current
    }

    /// Where a part's own reference leads, whatever is there.
    func pointer(after part: Part) -> JSONPointer? {
        guard let reference = part.reference, case .success(let next) = target(of: reference, from: part) else { return nil }
        return next.pointer
    }

    private func link(_ reference: String, of part: Part) -> Link {
        Link(resource: names.resource(around: part.pointer).exact, reference: reference)
    }

    // MARK: One step

    private struct Wrong: Error {
        let reason: Wording
    }

    private func target(of reference: String, from part: Part) -> Result<Part, Wrong> {
        let resource = names.resource(around: part.pointer)
        switch ReferenceTarget(reference) {
        case .elsewhere:
            let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if let id = parts.first, let named = names.resource(withID: id) {
                return target(ReferenceTarget("#" + (parts.count > 1 ? parts[1] : "")), in: named, of: reference)
            }
            return wrong(
                """
                expected a reference into this document, such as "#/components/schemas/Name", found \(Quotation.of(reference)); \
                other documents are never fetched: put what it stands for under components
                """)
        case let target: return self.target(target, in: resource, of: reference)
        }
    }

    private func target(_ target: ReferenceTarget, in resource: JSONPointer, of reference: String) -> Result<Part, Wrong> {
        switch target {
        case .anchor(let name):
            guard let pointer = names.anchor(name, in: resource) else { return unreadable(reference) }
            return part(at: pointer.tokens).map { .success($0) } ?? nothing(at: reference)
        case .here(let tokens):
            let above = resource.tokens
            guard !above.isEmpty || !tokens.isEmpty else {
                return wrong("expected a reference to a part, found one to the whole document")
            }
            // Many write a pointer from the document's root where it should be one from the schema with the `$id`.
            return (part(at: above + tokens) ?? part(at: tokens)).map { .success($0) } ?? nothing(at: reference)
        case .elsewhere, .unreadable: return unreadable(reference)
        }
    }

    private func nothing(at reference: String) -> Result<Part, Wrong> { wrong("there is nothing at \(Quotation.of(reference))") }

    private func unreadable(_ reference: String) -> Result<Part, Wrong> {
        wrong("expected \"#\" and a JSON pointer, found \(Quotation.of(reference))")
    }

    private func wrong(_ reason: Wording) -> Result<Part, Wrong> { .failure(Wrong(reason: reason)) }

    private func part(at tokens: [String]) -> Part? {
        guard tokens.count <= 200 else { return nil }
        var value = root
        for token in tokens {
            if let member = value[token] {
                value = member
            } else if let list = value.list, let index = Int(token), String(index) == token, list.indices.contains(index) {
                value = list[index]
            } else {
                return nil
            }
        }
        return Part(value: value, pointer: JSONPointer(tokens))
    }
}
