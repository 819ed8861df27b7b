import Accounts
import GRDB

extension StoreError {
    /// What the domain learns of an error: SQLite's own become store errors without any stored value in them, others stay.
    static func replacing(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let code = error.extendedResultCode
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_ERROR:
            return StoreError.corrupt("SQLite refused with code \(code)")
        default:
            return StoreError.unavailable("SQLite failed with code \(code)")
        }
    }
}
