import Accounts
import GRDB

/// One page of a portal's developers, found without looking at all of them.
///
/// ```
/// few match a text, or have a status   -> those few, sorted
/// many do                              -> the index of the order, from its start, until the page is full
/// ```
/// "Few" is up to ``DeveloperFilter/countedMatches``; who is in a set of more than that comes up often enough on the way.
struct DeveloperListing {
    let database: Database
    let portal: PortalID
    let filter: DeveloperFilter
    let order: DeveloperOrder
    var bounds = Bounds()

    /// What is few, and how large a portal may be that is looked at as a whole.
    struct Bounds {
        var few = DeveloperFilter.countedMatches
        var smallPortal = DeveloperFilter.smallPortal
    }

    func page(_ page: PageRequest) throws -> Page<Developer> {
        guard let range = try numbers() else { return Page(elements: [], total: 0) }
        let counted = try countByStatus()
        try refuseUnindexed(counted)
        let few = try smallSet(in: range, counted)
        let query = query(few?.query, in: range)
        let developers = try Row.fetchAll(
            database, sql: "\(query.sql) ORDER BY \(sorting) LIMIT ? OFFSET ?",
            arguments: query.arguments + [page.size, page.offset]
        ).map(Developer.init(row:))
        let total =
            try page.total(whereFound: developers.count)
            ?? exactTotal(counted, few) { try database.count("SELECT count(*) FROM (\(query.sql))", query.arguments) }
            ?? atLeast(page, found: developers.count)
        return Page(elements: developers, total: total)
    }

    /// How SQLite gets the rows of the first page.
    func plan() throws -> [String] {
        guard let range = try numbers() else { return [] }
        let query = query(try smallSet(in: range, try countByStatus())?.query, in: range)
        return try Row.fetchAll(
            database, sql: "EXPLAIN QUERY PLAN \(query.sql) ORDER BY \(sorting) LIMIT 10", arguments: query.arguments
        ).map { try $0.value("detail") }
    }

    private func query(_ few: Query?, in range: ClosedRange<Int64>) -> Query {
        let source = few.map { (sql: "developer WHERE number IN (\($0.sql))", arguments: $0.arguments) } ?? walk(in: range)
        let (condition, values) = conditions()
        return ("SELECT * FROM \(source.sql)\(condition)", source.arguments + values)
    }

    /// The numbers of the portal's developers; nil where there is no such portal.
    private func numbers() throws -> ClosedRange<Int64>? {
        let number: Int64? = try database.row("SELECT number FROM portal WHERE id = ?", [portal.stored])?.value("number")
        return number.map { ($0 << 40)...((($0 + 1) << 40) - 1) }
    }

    private var hasText: Bool { filter.email != nil || filter.name != nil }

    // MARK: Counting

    /// How many developers have one of the statuses that are asked for.
    private func countByStatus() throws -> Int {
        var condition = ""
        if let statuses = filter.statuses {
            condition += " AND status IN (\(Self.words(statuses))) AND NOT (status = 'pending' AND is_verified = 0)"
        }
        if let isVerified = filter.isVerified { condition += " AND is_verified = \(isVerified ? 1 : 0)" }
        return try database.count(
            "SELECT ifnull(sum(developers), 0) FROM developer_count WHERE portal = ?\(condition)", [portal.stored])
    }

    /// Nil where finding it out would mean to look at everybody.
    private func exactTotal(_ counted: Int, _ few: Few?, _ count: () throws -> Int) throws -> Int? {
        if !hasText { return counted }
        if let few, few.isAll { return few.count }
        return few != nil || counted <= bounds.smallPortal ? try count() : nil
    }

    /// What is known of a total after a full page of many matches, or one beyond their end.
    private func atLeast(_ page: PageRequest, found: Int) -> Int { max(bounds.few, found == 0 ? 0 : page.offset + found) }

    // MARK: Small sets

    private typealias Query = (sql: String, arguments: StatementArguments)
    /// A query for few numbers, how many there are, and whether the filter asks for nothing else.
    private typealias Few = (query: Query, count: Int, isAll: Bool)

    /// The few developers that a text or a status leaves, where it leaves few.
    private func smallSet(in range: ClosedRange<Int64>, _ counted: Int) throws -> Few? {
        for query in [equals("email_key", filter.email), equals("name_key", filter.name), indexed(in: range)].compactMap(\.self) {
            let found = try Int64.fetchAll(
                database, sql: "\(query.sql) LIMIT ?", arguments: query.arguments + [bounds.few + 1])
            // Kept, since the index of parts would take as long again.
            if found.count <= bounds.few { return (Self.these(found), found.count, isOneText) }
        }
        guard let statuses = filter.statuses, counted <= bounds.few else { return nil }
        let query: Query = (
            """
            SELECT number FROM developer INDEXED BY developer_by_status
            WHERE portal = ? AND status IN (\(Self.words(statuses)))
            """, [portal.stored]
        )
        return (query, counted, false)
    }

    private static func these(_ numbers: [Int64]) -> Query {
        ("SELECT value FROM json_each(?)", ["[\(numbers.map(String.init).joined(separator: ","))]"])
    }

    /// Whether one text is all that the filter asks for.
    private var isOneText: Bool {
        filter.statuses == nil && filter.isVerified == nil && (filter.email == nil) != (filter.name == nil)
    }

    private func equals(_ column: String, _ match: TextMatch?) -> Query? {
        guard case .equals(let texts) = match else { return nil }
        return (
            "SELECT number FROM developer WHERE portal = ? AND \(column) IN (\(Self.marks(texts)))",
            [portal.stored] + StatementArguments(texts)
        )
    }

    /// What the index of three characters finds.
    private func indexed(in range: ClosedRange<Int64>) -> Query? {
        let parts = [("email_key", filter.email), ("name_key", filter.name)].compactMap { column, match -> String? in
            guard case .contains(let texts) = match, texts.allSatisfy(Self.isIndexed) else { return nil }
            return "\(column) : (\(texts.map(Self.quoted).joined(separator: " OR ")))"
        }
        guard !parts.isEmpty else { return nil }
        return (
            "SELECT rowid FROM developer_text WHERE developer_text MATCH ? AND rowid BETWEEN ? AND ?",
            [parts.joined(separator: " AND "), range.lowerBound, range.upperBound]
        )
    }

    /// - Throws: ``AccountError/invalidFields(_:)`` where only looking at everybody would help, and they are many.
    private func refuseUnindexed(_ counted: Int) throws {
        guard counted > bounds.smallPortal else { return }
        for (field, match) in [("filter[email]", filter.email), ("filter[name]", filter.name)] {
            guard case .contains(let texts) = match, !texts.allSatisfy(Self.isIndexed) else { continue }
            throw AccountError.invalidField(.tooShort(field, minimum: DeveloperFilter.shortestIndexedText))
        }
    }

    private static func isIndexed(_ text: String) -> Bool {
        text.unicodeScalars.count >= DeveloperFilter.shortestIndexedText && !text.unicodeScalars.contains("\0")
    }

    private static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

    // MARK: Walking

    /// The index that has the order, so that SQLite stops when the page is full.
    private func walk(in range: ClosedRange<Int64>) -> Query {
        let isWaiting = filter.statuses == [.pending]
        return switch order.key {
        case .createdAt where isWaiting: ("developer INDEXED BY developer_waiting WHERE portal = ?", [portal.stored])
        case .createdAt where filter.statuses?.count == 1, .status:
            ("developer INDEXED BY developer_by_status WHERE portal = ?", [portal.stored])
        case .createdAt:
            ("developer NOT INDEXED WHERE number BETWEEN ? AND ?", [range.lowerBound, range.upperBound])
        case .updatedAt: ("developer INDEXED BY developer_by_change WHERE portal = ?", [portal.stored])
        case .email: ("developer WHERE portal = ?", [portal.stored])
        case .name: ("developer INDEXED BY developer_by_name WHERE portal = ?", [portal.stored])
        }
    }

    private var sorting: String {
        let direction = order.isDescending ? " DESC" : ""
        return switch order.key {
        case .createdAt: "number\(direction)"
        case .updatedAt: "updated_at\(direction), number\(direction)"
        // Unique in its portal, so nothing has to follow.
        case .email: "email_key\(direction)"
        case .name: "name_key\(direction), number\(direction)"
        case .status: "status\(direction), number\(direction)"
        }
    }

    // MARK: Conditions

    private func conditions() -> Query {
        var sql = ""
        var arguments = StatementArguments()
        if let statuses = filter.statuses {
            sql += statuses.count == 1 ? " AND status = \(Self.words(statuses))" : " AND status IN (\(Self.words(statuses)))"
            if statuses == [.pending] {
                sql += " AND verified_at IS NOT NULL"
            } else if statuses.contains(.pending) {
                sql += " AND (status <> 'pending' OR verified_at IS NOT NULL)"
            }
        }
        if let isVerified = filter.isVerified { sql += " AND verified_at IS \(isVerified ? "NOT " : "")NULL" }
        for (column, match) in [("email_key", filter.email), ("name_key", filter.name)] {
            switch match {
            case nil: break
            case .equals(let texts):
                // The plus keeps SQLite at the index that was chosen.
                sql += " AND +\(column) IN (\(Self.marks(texts)))"
                arguments += StatementArguments(texts)
            case .differs(let text):
                sql += " AND +\(column) <> ?"
                arguments += [text]
            case .contains(let texts):
                sql += " AND (\(texts.map { _ in "instr(\(column), ?) > 0" }.joined(separator: " OR ")))"
                arguments += StatementArguments(texts)
            }
        }
        return (sql, arguments)
    }

    private static func words(_ statuses: Set<DeveloperStatus>) -> String {
        statuses.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    }

    private static func marks(_ texts: [String]) -> String { texts.map { _ in "?" }.joined(separator: ", ") }
}
