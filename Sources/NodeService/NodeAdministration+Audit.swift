import Accounts
import Foundation
import HTTPConventions

extension NodeAdministration {
    /// Checks every entry of the geo's audit log, and that none is missing.
    ///
    /// - Parameters:
    ///   - path: of the geo's `node.yaml`.
    ///   - noted: the log's end at an earlier time, kept elsewhere.
    ///   - progress: called with the number of entries seen so far.
    /// - Returns: the log's end; its number is how many entries there are.
    /// - Throws: `AuditVerification.Fault` with the first place that is not right; `StoreError.corrupt` where an entry cannot even be
    ///   read; `ConfigurationError`, `SQLiteStoreError`, `NodeError.noStore`.
    public static func verifyAuditLog(
        configurationFile path: String, noted: AuditHead?, progress: (Int64) -> Void
    ) async throws -> AuditHead {
        try await withStore(configurationFile: path, mustExist: true) { store, _ in
            try await AuditLog(store: store).verify(noted: noted, progress: progress)
        }
    }

    /// Reads the geo's audit log out, as lines of JSON. That an operator did so is an entry itself, written first.
    ///
    /// - Parameters:
    ///   - sequence: the number of the entry after which to begin.
    ///   - write: takes some lines at a time.
    /// - Throws: what `write` throws; `StoreError`, `ConfigurationError`, `SQLiteStoreError`, `NodeError.noStore`.
    public static func exportAuditLog(
        configurationFile path: String, after sequence: Int64, write: (Data) throws -> Void
    ) async throws {
        try await withStore(configurationFile: path, mustExist: true) { store, _ in
            let log = AuditLog(store: store)
            try await log.noteExport(by: .operator)
            try await log.read(matching: AuditFilter(), after: sequence) { try write(try AuditLine.lines(of: $0)) }
        }
    }
}
