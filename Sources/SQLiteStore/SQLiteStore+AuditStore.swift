import Accounts
import GRDB

extension SQLiteStore: AuditStore, ThrottleStore {
    public func auditEntries(matching filter: AuditFilter, after sequence: Int64, limit: Int) async throws -> [AuditEntry] {
        try await read { try $0.auditEntries(matching: filter, after: sequence, limit: limit) }
    }

    public func auditEntries(matching filter: AuditFilter, before sequence: Int64, limit: Int) async throws -> [AuditEntry] {
        try await read { try $0.auditEntries(matching: filter, before: sequence, limit: limit) }
    }

    public func auditHead() async throws -> AuditHead { try await read { try $0.auditHead() } }

    public func record(_ events: [AuditEvent], throttles: [ThrottleRecord]) async throws {
        let now = clock.now
        try await commits.perform { database, _ in
            try database.keep(throttles)
            try database.append(events, at: now)
        }
    }

    public func throttleRecords() async throws -> [ThrottleRecord] { try await read { try $0.throttleRecords() } }
}
