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

    private let root: DocumentValue
    private var outcomes: [String: Outcome] = [:]

    init(root: DocumentValue) { self.root = root }

    /// Follows a reference, and what it finds if that is a reference again.
    func outcome(of reference: String) -> Outcome {
        var chain: [String] = []
        var current = reference
        var outcome: Outcome?
        // Each link is remembered, so that all chains together cost as much as there are links.
        while outcome == nil {
            if let known = outcomes[current] {
                outcome = known
            } else {
                outcomes[current] = .wrong("expected a value at the end of the references, found only references to each other")
                chain.append(current)
                outcome = step(from: &current)
            }
        }
        let end = outcome ?? .wrong("expected a reference")
        for link in chain { outcomes[link] = end }
        return end
    }

    /// The part itself, or what its reference stands for; nil where that was refused.
    func resolved(_ part: Part) -> Part? {
        guard let reference = part.reference else { return part }
        guard case .found(let target, _) = outcome(of: reference) else { return nil }
        return target
    }

    private func step(from reference: inout String) -> Outcome? {
        switch ReferenceTarget(reference) {
        case .elsewhere:
            return .wrong(
                """
                expected a reference into this document, such as "#/components/schemas/Name", found \(Quotation.of(reference)); \
                other documents are never fetched: put what it stands for under components
                """)
        case .unreadable:
            return .wrong("expected \"#\" and a JSON pointer, found \(Quotation.of(reference))")
        case .here(let tokens):
            guard !tokens.isEmpty else { return .wrong("expected a reference to a part, found one to the whole document") }
            guard let part = part(at: tokens) else { return .wrong("there is nothing at \(Quotation.of(reference))") }
            guard let next = part.reference else { return .found(part, identity: part.pointer.exact) }
            reference = next
            return nil
        }
    }

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
