import Accounts
import HTTPTypes
import Hummingbird

extension Response {
    /// Entries of an audit log by their number, a line of JSON each (``AuditLine``), sent as they are read.
    public static func lines(
        of log: AuditLog, matching filter: AuditFilter = AuditFilter(), after sequence: Int64 = 0, limit: Int = .max
    ) -> Response {
        let headers: HTTPFields = [
            .contentType: "application/jsonl", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        let body = ResponseBody { writer in
            try await log.read(matching: filter, after: sequence, limit: limit) { entries in
                try await writer.write(ByteBuffer(bytes: try AuditLine.lines(of: entries)))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}
