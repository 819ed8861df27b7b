import Accounts

extension InMemoryStore: AuditStore, ThrottleStore {
    package func auditEntries(matching filter: AuditFilter, after sequence: Int64, limit: Int) -> [AuditEntry] {
        Array(auditLog.lazy.filter { $0.sequence > sequence && filter.takes($0) }.prefix(limit))
    }

    package func auditEntries(matching filter: AuditFilter, before sequence: Int64, limit: Int) -> [AuditEntry] {
        Array(auditLog.reversed().lazy.filter { $0.sequence < sequence && filter.takes($0) }.prefix(limit))
    }

    package func auditHead() -> AuditHead { auditLog.last?.head ?? .empty }

    package func record(_ events: [AuditEvent], throttles: [ThrottleRecord]) {
        for event in events { auditLog.append(AuditEntry(event, at: clock.now, after: auditHead())) }
        for record in throttles { throttleCounts[record.key] = record.failures == 0 ? nil : record }
    }

    package func throttleRecords() -> [ThrottleRecord] { Array(throttleCounts.values) }

    /// What the log tells, oldest first.
    package var auditActions: [AuditEvent.Action] { auditLog.map(\.event.action) }
}
