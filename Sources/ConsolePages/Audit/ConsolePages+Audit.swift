import Accounts
import Hummingbird
import WebPages

/// What the template of the audit log shows.
private struct AuditView {
    static let pageSize = 50

    let title: String
    let entries: AuditListView
    /// The way to older entries; nil at the end.
    let older: String?
    /// The way back to the newest; nil where they are shown.
    let newest: String?
}

extension ConsolePages {
    /// `GET /audit`: the newest entries, or those before one.
    @Sendable func audit(_ request: Request, context: ConsoleRequestContext) async throws -> Response {
        let before = Int64(FormFields(queryOf: request)["before"]).flatMap { $0 > 0 ? $0 : nil }
        let entries = try await flows.auditLog.newest(
            matching: AuditFilter(), before: before ?? .max, limit: AuditView.pageSize)
        let last = entries.last?.sequence ?? 1
        let view = AuditView(
            title: context.book["console.audit.title"], entries: AuditListView(entries, in: context.book),
            older: last > 1 ? "/audit?before=\(last)" : nil, newest: before == nil ? nil : "/audit")
        return try renderer.response(.audit, title: view.title, content: view, at: .area(.audit), in: context)
    }
}
