import Accounts
import Languages
import WebPages

/// What a list of developers is asked for; everything that a form can say is in the page's address.
struct DeveloperListQuery {
    /// Where a text is looked for.
    enum Field: String, CaseIterable {
        case name, email
    }

    /// Which developers, by what became of them.
    enum State: String, CaseIterable {
        case all, pending, approved, rejected, revoked, unverified
    }

    enum Sorting: String, CaseIterable {
        case newest, oldest, name, email

        var order: DeveloperOrder {
            switch self {
            case .newest: DeveloperOrder(by: .createdAt, isDescending: true)
            case .oldest: DeveloperOrder(by: .createdAt)
            case .name: DeveloperOrder(by: .name)
            case .email: DeveloperOrder(by: .email)
            }
        }
    }

    static let maximumTextLength = 250
    /// What asks for every address that contains a whole one.
    static let parts = (name: "match", value: "parts")

    let text: String
    let field: Field
    let state: State
    let sorting: Sorting
    let page: Int
    private let takesParts: Bool

    /// What the query does not say, or says in words that no form has, is the usual.
    init(_ query: FormFields) {
        text = String(query["q"].prefix(Self.maximumTextLength))
        field = Field(rawValue: query["in"]) ?? .name
        state = State(rawValue: query["status"]) ?? .all
        sorting = Sorting(rawValue: query["sort"]) ?? .newest
        page = Pager.number(in: query)
        takesParts = query[Self.parts.name] == Self.parts.value
    }

    /// By the whole address that the text is, whatever the field; nil where it is none, or parts are asked for.
    ///
    /// One address among a million is found at once so, while the index of parts has to compare each part of it.
    var addressFilter: DeveloperFilter? {
        guard !takesParts, let address = try? EmailAddress(text) else { return nil }
        var filter = stateFilter
        filter.email = .equals([address.key])
        return filter
    }

    /// By a part of the field.
    var filter: DeveloperFilter {
        var filter = stateFilter
        guard !text.allSatisfy(\.isWhitespace) else { return filter }
        let match = TextMatch.contains([text]).folded { $0 }
        switch field {
        case .name: filter.name = match
        case .email: filter.email = match
        }
        return filter
    }

    private var stateFilter: DeveloperFilter {
        switch state {
        case .all: DeveloperFilter()
        case .unverified: DeveloperFilter(isVerified: false)
        case .pending, .approved, .rejected, .revoked:
            DeveloperFilter(statuses: DeveloperStatus(rawValue: state.rawValue).map { [$0] })
        }
    }

    /// Whether the list is not simply everybody.
    var isNarrow: Bool { state != .all || !text.isEmpty }

    /// What stands in the addresses of other pages of the list.
    var pairs: [(name: String, value: String)] { ownPairs + (takesParts ? [Self.parts] : []) }

    /// Of the same list with every address that contains the one that was found.
    var pairsOfParts: [(name: String, value: String)] {
        ownPairs.filter { $0.name != "in" } + [("in", Field.email.rawValue), Self.parts]
    }

    private var ownPairs: [(name: String, value: String)] {
        [
            ("q", text), ("in", field == .name ? "" : field.rawValue), ("status", state == .all ? "" : state.rawValue),
            ("sort", sorting == .newest ? "" : sorting.rawValue),
        ].filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }
}

extension DeveloperListQuery.Field {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .name: book["console.fields.name"]
        case .email: book["console.fields.email"]
        }
    }
}

extension DeveloperListQuery.State {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .all: book["console.developers.everybody"]
        case .pending: book["console.statuses.pending"]
        case .approved: book["console.statuses.approved"]
        case .rejected: book["console.statuses.rejected"]
        case .revoked: book["console.statuses.revoked"]
        case .unverified: book["console.statuses.unverified"]
        }
    }
}

extension DeveloperListQuery.Sorting {
    func label(in book: Phrasebook) -> String {
        switch self {
        case .newest: book["console.developers.newest"]
        case .oldest: book["console.developers.oldest"]
        case .name: book["console.developers.byName"]
        case .email: book["console.developers.byEmail"]
        }
    }
}
