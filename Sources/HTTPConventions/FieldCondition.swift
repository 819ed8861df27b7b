import Accounts

/// What a list's filter asks of one field (the contracts' `StringFieldFilter`, `UuidFieldFilter`).
public struct FieldCondition: Hashable, Sendable {
    public enum Operator: String, Hashable, Sendable, CaseIterable {
        case eq, oeq, neq, contains, ocontains
    }

    /// As the client wrote it: `filter[name][contains]`.
    public let parameter: String
    /// With texts as the client wrote them.
    public let match: TextMatch

    init(parameter: String, comparison: Operator, text: String) {
        self.parameter = parameter
        let members = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        match =
            switch comparison {
            case .eq: .equals([text])
            case .oeq: .equals(members)
            case .neq: .differs(text)
            case .contains: .contains([text])
            case .ocontains: .contains(members)
            }
    }
}
