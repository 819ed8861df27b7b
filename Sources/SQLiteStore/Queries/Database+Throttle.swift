import Accounts
import Foundation
import GRDB

extension Database {
    /// Writes counts over those with the same key; those that are forgiven go.
    func keep(_ records: [ThrottleRecord]) throws {
        for record in records {
            if record.failures == 0 {
                try run("DELETE FROM throttle WHERE key = ?", [Data(record.key)])
            } else {
                try run(
                    """
                    INSERT INTO throttle (key, failures, last_failure, blocked_until) VALUES (?, ?, ?, ?)
                    ON CONFLICT (key) DO UPDATE SET
                        failures = excluded.failures, last_failure = excluded.last_failure,
                        blocked_until = excluded.blocked_until
                    """,
                    [
                        Data(record.key), record.failures, record.lastFailure.milliseconds,
                        record.blockedUntil.milliseconds,
                    ])
            }
        }
    }

    func throttleRecords() throws -> [ThrottleRecord] {
        try rows("SELECT * FROM throttle").map { row in
            let key: Data = try row.value("key")
            return ThrottleRecord(
                key: Array(key), failures: try row.value("failures"), lastFailure: try row.time("last_failure"),
                blockedUntil: try row.time("blocked_until"))
        }
    }
}
