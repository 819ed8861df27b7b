import Foundation
import NIOCore

extension ManagementClient {
    /// The most entries that are asked for at once.
    static let auditEntriesPerRequest = 5_000

    /// Reads the geo's audit log out, as lines of JSON, oldest first.
    ///
    /// - Parameters:
    ///   - sequence: the number of the entry after which to begin.
    ///   - write: takes some whole lines at a time.
    /// - Throws: what `write` throws; ``ManagementError``.
    public func exportAuditLog(after sequence: Int64, write: (Data) throws -> Void) async throws {
        var last = sequence
        while true {
            let query = [("after", String(last)), ("limit", String(Self.auditEntriesPerRequest))]
            let lines = Data(try await answer(.GET, "/v3/audit-log", query).readableBytesView)
            try write(lines)
            let entries = lines.split(separator: UInt8(ascii: "\n"))
            guard entries.count == Self.auditEntriesPerRequest, let end = entries.last else { return }
            struct Entry: Decodable { let sequence: Int64 }
            let entry: Entry = try Self.decode(ByteBuffer(bytes: end))
            last = entry.sequence
        }
    }
}
