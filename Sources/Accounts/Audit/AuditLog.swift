/// Reads and checks a geo's audit log, which every admin and account event enters in the same atomic step as its effect.
public struct AuditLog: Sendable {
    /// How many entries are read at once.
    static let batch = 1000

    let store: any AuditStore

    public init(store: any AuditStore) { self.store = store }

    /// Entries by their number, from the one after `sequence` on.
    public func entries(matching filter: AuditFilter, after sequence: Int64, limit: Int) async throws -> [AuditEntry] {
        try await store.auditEntries(matching: filter, after: sequence, limit: limit)
    }

    /// The newest entries first, from the one before `sequence` on.
    public func newest(matching filter: AuditFilter, before sequence: Int64 = .max, limit: Int) async throws -> [AuditEntry] {
        try await store.auditEntries(matching: filter, before: sequence, limit: limit)
    }

    /// Goes through entries in pieces of a thousand, so that no more of a long log is held at once.
    ///
    /// - Parameter take: called with each piece, of at least one entry.
    public func read(
        matching filter: AuditFilter, after sequence: Int64, limit: Int = .max,
        _ take: (_ entries: [AuditEntry]) async throws -> Void
    ) async throws {
        var (last, left) = (sequence, limit)
        while left > 0 {
            let wanted = min(left, Self.batch)
            let entries = try await entries(matching: filter, after: last, limit: wanted)
            guard let end = entries.last else { return }
            try await take(entries)
            guard entries.count == wanted else { return }
            (last, left) = (end.sequence, left - entries.count)
        }
    }

    public func head() async throws -> AuditHead { try await store.auditHead() }

    /// Notes that somebody read the log out.
    public func noteExport(by actor: AuditActor) async throws {
        try await store.record([AuditEvent(.auditExported, by: actor)], throttles: [])
    }

    /// Checks every entry.
    ///
    /// - Parameters:
    ///   - noted: the head at an earlier time, kept elsewhere.
    ///   - progress: called with the number of entries seen so far.
    /// - Returns: the head.
    /// - Throws: ``AuditVerification/Fault`` with the first place that is not right.
    public func verify(noted: AuditHead? = nil, progress: (Int64) -> Void = { _ in }) async throws -> AuditHead {
        // Read first: entries that are written meanwhile are seen, too, and are not the end that is asked for.
        let written = try await store.auditHead()
        var verification = AuditVerification(noted: noted)
        try await read(matching: AuditFilter(), after: 0, limit: Int(written.sequence)) { entries in
            for entry in entries where entry.sequence <= written.sequence { try verification.take(entry) }
            progress(verification.head.sequence)
        }
        try verification.finish(written: written)
        return verification.head
    }
}
