import Accounts
import HTTPConventions
import HTTPTypes
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
            title: context.book["console.audit.title"], entries: try await auditList(entries, in: context),
            older: last > 1 ? "/audit?before=\(last)" : nil, newest: before == nil ? nil : "/audit")
        return try renderer.response(.audit, title: view.title, content: view, at: .area(.audit), in: context)
    }

    /// `POST /audit/export`: every entry, as at the management API. That somebody took the log out is an entry itself, written first;
    /// so it takes a form, and no address alone makes an entry.
    @Sendable func exportAudit(_ form: FormFields, _ request: Request, context: ConsoleRequestContext) async throws -> Response {
        try await flows.auditLog.noteExport(by: context.actor)
        var response = Response.lines(of: flows.auditLog)
        let day = clock.now.iso8601.prefix(10)
        response.headers[.contentDisposition] = "attachment; filename=\"audit-log-\(day).jsonl\""
        return response
    }

    /// Entries with the names that are still known.
    func auditList(_ entries: [AuditEntry], in context: ConsoleRequestContext) async throws -> AuditListView {
        AuditListView(entries, names: try await AuditNames(of: entries, in: flows, for: context), in: context.book)
    }
}
