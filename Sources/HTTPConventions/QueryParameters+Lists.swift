import Accounts

extension QueryParameters {
    /// The most members of a list of values in one filter.
    public static let maximumMembers = 50

    /// The contracts' `page[size]` and `page[number]`, each of which may be empty.
    public mutating func page() -> PageRequest {
        let size = pageSize()
        return PageRequest(number: pageNumber("page[number]", 1...1_000_000) ?? 1, size: size)
    }

    /// The contracts' `page[size]`, which may be empty.
    public mutating func pageSize() -> Int { pageNumber("page[size]", 1...PageRequest.maximumSize) ?? PageRequest.defaultSize }

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

    /// The contracts' filter on a moment: `filter[created_at]=…` or `filter[created_at][lt]=…`, one of them.
    public mutating func moments(on field: String) -> MomentRange? {
        let names = ["", "[eq]", "[lt]", "[lte]", "[gt]", "[gte]"].map { "filter[\(field)]\($0)" }
        let found = names.filter { text($0) != nil }
        guard let name = found.first else { return nil }
        for other in found.dropFirst() { report(.invalid(other, "must not stand beside \(name)")) }
        guard let moment = moment(name) else { return nil }
        return switch names.firstIndex(of: name) {
        case 2: MomentRange(through: moment.adding(.milliseconds(-1)))
        case 3: MomentRange(through: moment)
        case 4: MomentRange(from: moment.adding(.milliseconds(1)))
        case 5: MomentRange(from: moment)
        default: MomentRange(from: moment, through: moment)
        }
    }

    /// The texts of a condition, each of which must be one of a list of words.
    public mutating func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
        in condition: FieldCondition, of type: Choice.Type
    ) -> Set<Choice> where Choice.RawValue == String {
        Set(condition.match.texts.compactMap { choice($0, of: type, for: condition.parameter) })
    }
}
