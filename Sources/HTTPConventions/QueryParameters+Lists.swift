import Accounts

extension QueryParameters {
    /// The most members of a list of values in one filter.
    public static let maximumMembers = 50

    /// The contracts' `page[size]` and `page[number]`, each of which may be empty.
    public mutating func page() -> PageRequest {
        let size = pageNumber("page[size]", 1...PageRequest.maximumSize) ?? PageRequest.defaultSize
        return PageRequest(number: pageNumber("page[number]", 1...1_000_000) ?? 1, size: size)
    }

    private mutating func pageNumber(_ name: String, _ range: ClosedRange<Int>) -> Int? {
        text(name) == "" ? nil : integer(name, in: range)
    }

    /// The contracts' `sort`: an attribute, and perhaps the word `asc` or `desc` after it.
    ///
    /// - Parameter attributes: by which a list can be sorted.
    public mutating func sort<Attribute: RawRepresentable>(
        by attributes: [Attribute]
    ) -> (attribute: Attribute, isDescending: Bool)? where Attribute.RawValue == String {
        guard let text = text("sort") else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let attribute = attributes.first(where: { $0.rawValue == words[0] }), words.count <= 2,
            let direction = ["asc": false, "desc": true][words.count == 2 ? words[1] : "asc"]
        else { return refuse(.choices("sort", attributes.map(\.rawValue))) }
        return (attribute, direction)
    }

    /// The contracts' filter on one field: `filter[name]=doe` or `filter[name][contains]=doe`.
    ///
    /// Two operators on one field are refused; the contracts have "one of".
    ///
    /// - Parameters:
    ///   - operators: which the field has.
    ///   - takesShortForm: whether the form without an operator, which means `eq`, is there too.
    public mutating func condition(
        on field: String, operators: [FieldCondition.Operator] = FieldCondition.Operator.allCases, takesShortForm: Bool = true
    ) -> FieldCondition? {
        var found: [FieldCondition] = []
        let named = operators.map { ("filter[\(field)][\($0.rawValue)]", $0) }
        for (name, comparison) in (takesShortForm ? [("filter[\(field)]", .eq)] : []) + named {
            guard let text = text(name) else { continue }
            found.append(FieldCondition(parameter: name, comparison: comparison, text: text))
        }
        guard let condition = found.first else { return nil }
        guard found.count == 1 else {
            for other in found.dropFirst() {
                report(.invalid(other.parameter, "must not stand beside \(condition.parameter)"))
            }
            return nil
        }
        guard condition.match.texts.count <= Self.maximumMembers else {
            return refuse(
                FieldError(
                    field: condition.parameter, rule: .maximum(Self.maximumMembers),
                    reason: "must have at most \(Self.maximumMembers) members"))
        }
        return condition
    }

    /// The texts of a condition, each of which must be one of a list of words.
    public mutating func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
        in condition: FieldCondition, of type: Choice.Type
    ) -> Set<Choice> where Choice.RawValue == String {
        Set(condition.match.texts.compactMap { choice($0, of: type, for: condition.parameter) })
    }
}
