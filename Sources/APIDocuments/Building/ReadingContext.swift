import Languages

/// What every part of the reading shares: the references, the problems, the room that is left; and how members are read.
///
/// A member of the wrong type is a problem and reads as missing. One that is `null` is missing.
final class ReadingContext {
    let limits: DocumentLimits
    let references: References
    let problems: ProblemLog
    let budget: ModelBudget

    init(limits: DocumentLimits, references: References, problems: ProblemLog, budget: ModelBudget) {
        self.limits = limits
        self.references = references
        self.problems = problems
        self.budget = budget
    }

    // MARK: Texts

    /// A text on one line, cut to ``DocumentLimits/labelBytes``.
    func label(_ name: String, of part: Part) -> String? {
        raw(name, of: part).map { label($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    func label(_ text: String) -> String {
        taken(text, bytes: limits.labelBytes) { PlainText.line($0, bytes: limits.labelBytes) }
    }

    /// Text that may have several lines, cut to ``DocumentLimits/exampleBytes``.
    func lines(_ text: String) -> String {
        taken(text, bytes: limits.exampleBytes) { PlainText.lines($0, bytes: limits.exampleBytes) }
    }

    /// Text that is there as a whole or not at all; it is given the most bytes it may have.
    func whole(_ make: (Int) -> String?) -> String? {
        guard let text = make(2 * limits.exampleBytes), budget.takeBytes(text.utf8.count) else {
            budget.leaveOut()
            return nil
        }
        return text
    }

    func markdown(_ name: String = "description", of part: Part) -> Markdown? {
        guard let text = raw(name, of: part), !text.isEmpty else { return nil }
        let source = taken(text, bytes: limits.textBytes) { PlainText.lines($0, bytes: limits.textBytes) }
        return source.isEmpty ? nil : Markdown(cleaned: source)
    }

    /// A text as it stands in the document; for what is compared, not shown.
    func raw(_ name: String, of part: Part) -> String? {
        guard let member = part[name] else { return nil }
        guard let text = member.value.text else {
            expected("a text", at: member)
            return nil
        }
        return text
    }

    /// A web address; one that is none is left out, for it could not be a link.
    func address(_ name: String, of part: Part) -> WebAddress? { raw(name, of: part).flatMap { WebAddress($0) } }

    private func taken(_ text: String, bytes limit: Int, cut: (String) -> String) -> String {
        if text.utf8.count > limit { budget.leaveOut() }
        return budget.takeBytes(min(text.utf8.count, limit)) ? cut(text) : ""
    }

    // MARK: Structure

    func flag(_ name: String, of part: Part) -> Bool {
        guard let member = part[name] else { return false }
        guard let flag = member.value.boolean else {
            expected("true or false", at: member)
            return false
        }
        return flag
    }

    /// An object, with what its reference stands for where it is one.
    func object(_ name: String, of part: Part) -> Part? { part[name].flatMap { object($0) } }

    func object(_ part: Part, expecting expectation: Wording = "an object") -> Part? {
        guard let resolved = references.resolved(part) else { return nil }
        guard resolved.value.object != nil else {
            expected(expectation, at: resolved)
            return nil
        }
        guard part.reference != nil, part["description"] != nil || part["summary"] != nil else { return resolved }
        return budget.takeSteps(resolved.value.object?.members.count ?? 0) ? resolved.described(by: part) : resolved
    }

    /// A path item, with what its reference stands for where it has one, and its operations in their order.
    func pathItem(_ part: Part) -> (item: Part, operations: [(method: HTTPMethod, part: Part)])? {
        guard let found = object(part, expecting: "an object with operations by method") else { return nil }
        let item = found.completed(with: part)
        guard let object = item.value.object else { return nil }
        let places = HTTPMethod.allCases.compactMap { method in
            object.position(of: method.rawValue).map { (position: $0, method: method) }
        }
        let operations = places.sorted { $0.position < $1.position }.compactMap { _, method in
            item[method.rawValue].map { (method: method, part: $0) }
        }
        return (item, operations)
    }

    /// The members of an object by the names that the document's author chose.
    ///
    /// - Parameter isExtension: which members are none of them, but belong to a tool of the author's.
    func members(
        _ name: String, of part: Part, without isExtension: (DocumentObject.Member) -> Bool = Extension.isStray
    ) -> [(name: String, part: Part)] {
        guard let member = part[name] else { return [] }
        guard let object = member.value.object else {
            expected("an object", at: member)
            return []
        }
        guard budget.takeSteps(object.members.count) else { return [] }
        return object.members.filter { !isExtension($0) }
            .map { ($0.name, Part(value: $0.value, pointer: member.pointer[$0.name])) }
    }

    func entries(_ name: String, of part: Part) -> [Part] {
        guard let member = part[name] else { return [] }
        guard let list = member.value.list else {
            expected("a list", at: member)
            return []
        }
        guard budget.takeSteps(list.count) else { return [] }
        return list.enumerated().map { Part(value: $1, pointer: member.pointer[$0]) }
    }

    /// At most ``DocumentLimits/listEntries``, so that a page stays readable.
    func shown<Element>(_ list: [Element]) -> ArraySlice<Element> {
        if list.count > limits.listEntries { budget.leaveOut() }
        return list.prefix(budget.takeEntries(min(list.count, limits.listEntries)))
    }

    func expected(_ expectation: Wording, at part: Part) {
        problems.add("expected \(expectation), found \(part.value.kind)", at: part)
    }

    /// - Returns: nil, and a problem told, where the part lacks the text.
    func requiredLabel(_ name: String, of part: Part, expecting expectation: Wording) -> String? {
        if part[name] == nil {
            problems.add("expected \(expectation) as \"\(name)\", found nothing", at: part)
            return nil
        }
        guard let text = raw(name, of: part) else { return nil }
        let label = label(text)
        return label.isEmpty ? "–" : label
    }
}
