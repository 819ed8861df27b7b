import Crypto
import Foundation
import Synchronization

/// How many tests of mails each admin may send within an hour from the first one. The count is kept with the mail, so that a restart forgives
/// nothing.
final class TestMailAllowance: Sendable {
    enum Outcome: Sendable {
        /// One was taken; this has to be kept.
        case taken(ThrottleRecord)
        case tooMany(retryAfterSeconds: Int)
    }

    static let perHour = 20
    private static let hour = Duration.seconds(3600)

    private let key: SymmetricKey
    /// What was sent, each blocked until the end of its hour.
    private let counts = Mutex<[[UInt8]: ThrottleRecord]>([:])

    init(secret: SymmetricKey) {
        key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data("test mails".utf8), using: secret))
    }

    /// Takes up what an earlier run wrote down of these admins.
    func restore(_ records: [ThrottleRecord], of admins: [AdminID]) {
        let keys = Set(admins.map(key(of:)))
        counts.withLock { counts in
            for record in records where keys.contains(record.key) { counts[record.key] = record }
        }
    }

    /// Takes one, where there is one.
    func take(for admin: AdminID, at now: Timestamp) -> Outcome {
        let key = key(of: admin)
        return counts.withLock { counts in
            counts = counts.filter { now < $0.value.blockedUntil }
            // Where the clock was set back, an hour is an hour from now.
            let end = now.adding(Self.hour)
            var record = counts[key] ?? ThrottleRecord(key: key, failures: 0, lastFailure: now, blockedUntil: end)
            record.blockedUntil = min(record.blockedUntil, end)
            guard record.failures < Self.perHour else {
                return .tooMany(retryAfterSeconds: Int((record.blockedUntil.milliseconds - now.milliseconds + 999) / 1000))
            }
            record.failures += 1
            record.lastFailure = now
            counts[key] = record
            return .taken(record)
        }
    }

    private func key(of admin: AdminID) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(admin.uuid.bytes), using: key))
    }
}
