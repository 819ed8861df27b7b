import Accounts
import HTTPConventions
import HTTPTypes
import Hummingbird

extension ManagementAPI {
    /// `export-audit-log`: entries by their number, a line of JSON each, sent as they are read. To go on, a client asks again with
    /// `after` set to the last number. That somebody exported is an entry itself, written first.
    @Sendable func exportAuditLog(_ request: Request, context: NodeRequestContext) async throws -> Response {
        let query = try AuditQuery(request)
        // HEAD hands nothing out.
        if request.method == .get { try await flows.auditLog.noteExport(by: context.actor) }
        return .lines(of: flows.auditLog, matching: query.filter, after: query.after, limit: query.limit)
    }
}
