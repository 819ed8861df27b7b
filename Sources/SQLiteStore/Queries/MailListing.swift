import Accounts
import Foundation
import GRDB

/// Finds a page of the queue of mails in a time that does not grow with the queue.
///
/// The counts say which groups (portal, kind, stage) have mails; each group is an index in the order of writing. Where only stages are asked
/// for, a stage is a group; otherwise the pages of the groups that fit are merged.
struct MailListing {
    let database: Database
    let filter: MailFilter
    var order = MailOrder.newestFirst

    private struct Group {
        let portal: Data
        let kind: String
        let stage: String
        let mails: Int
    }

    func counts() throws -> MailCounts {
        var counts = MailCounts()
        for group in try groups() {
            guard let stage = MailStage(rawValue: group.stage) else { throw StoreError.corrupt("an unknown stage of a mail") }
            counts[stage] += group.mails
        }
        return counts
    }

    /// - Returns: the rows of the page, and how many mails there are.
    func page(_ page: PageRequest) throws -> (rows: [Row], total: Int) {
        let groups = try groups()
        let total = groups.reduce(0) { $0 + $1.mails }
        guard page.offset < total else { return ([], total) }
        let end = page.offset + min(page.size, total - page.offset)
        let heads: [[Int64]] =
            filter.portal == nil && filter.kind == nil
            ? try Set(groups.map(\.stage)).map { try sequences("outbox_by_stage", "stage = ?", [$0], limit: end) }
            : try groups.map { group in
                try sequences(
                    "outbox_by_group", "portal = ? AND kind = ? AND stage = ?", [group.portal, group.kind, group.stage],
                    limit: end)
            }
        let merged = heads.joined().sorted(by: order == .newestFirst ? (>) : (<))
        let rows = try merged[min(page.offset, merged.count)..<min(end, merged.count)].compactMap {
            try database.row("SELECT * FROM outbox WHERE sequence = ?", [$0])
        }
        return (rows, total)
    }

    private func groups() throws -> [Group] {
        var (conditions, arguments): ([String], StatementArguments) = (["mails > 0"], [])
        func add(_ column: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append("\(column) = ?")
            arguments += [value]
        }
        add("portal", filter.portal?.stored)
        add("kind", filter.kind?.rawValue)
        add("stage", filter.stage?.rawValue)
        return try database.rows("SELECT * FROM outbox_count WHERE \(conditions.joined(separator: " AND "))", arguments).map {
            row in
            Group(
                portal: try row.value("portal"), kind: try row.value("kind"), stage: try row.value("stage"),
                mails: try row.value("mails"))
        }
    }

    private func sequences(
        _ index: String, _ condition: String, _ arguments: StatementArguments, limit: Int
    ) throws -> [Int64] {
        let direction = order == .newestFirst ? "DESC" : "ASC"
        return try database.rows(
            """
            SELECT sequence FROM outbox INDEXED BY \(index) WHERE state <> 'delivered' AND \(condition)
            ORDER BY sequence \(direction) LIMIT ?
            """, arguments + [limit]
        ).map { try $0.value("sequence") }
    }
}
