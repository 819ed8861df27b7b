import Crypto
import Foundation
import Synchronization

/// Slows down who tries passwords, by address and by client.
///
/// ```
/// known device of the owner  -> its own count only
/// anybody else               -> the address's count and the client's count
/// ```
/// The counts live here and are written to the store with every wrong password, so that a restart forgives nothing. An unknown
/// address counts like a known one, so the throttle tells nothing about who is registered.
public final class Throttle: Sendable {
    /// One password that is being looked at; it ends once, whoever says so how often.
    public final class Attempt: Sendable {
        fileprivate let buckets: [Bucket]
        private let hasEnded = Atomic(false)

        fileprivate init(_ buckets: [Bucket]) { self.buckets = buckets }

        /// Whether this is the end.
        fileprivate func end() -> Bool { !hasEnded.exchange(true, ordering: .relaxed) }
    }

    fileprivate struct Bucket: Hashable, Sendable {
        let key: [UInt8]
        let free: Int
        /// Whether the right password clears it.
        let isOwners: Bool
    }

    private struct Count {
        var record: ThrottleRecord
        var underWay = 0
    }

    /// The most addresses and clients that are remembered at once; the least suspicious go first.
    static let capacity = 200_000

    private let policy: ThrottlePolicy
    private let key: SymmetricKey
    private let clock: any WallClock
    private let counts = Mutex<[[UInt8]: Count]>([:])

    init(policy: ThrottlePolicy, secret: SymmetricKey, clock: any WallClock) {
        self.policy = policy
        key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data("throttle".utf8), using: secret))
        self.clock = clock
    }

    /// Takes up what an earlier run wrote down.
    public func restore(_ records: [ThrottleRecord]) {
        counts.withLock { counts in
            for record in records where !isForgotten(record, at: clock.now) { counts[record.key] = Count(record: record) }
        }
    }

    /// Admits one more password for what was typed as an address.
    ///
    /// - Parameter device: the known device that it comes from.
    /// - Throws: ``AccountError/throttled(retryAfterSeconds:)``.
    func admit(_ typed: String, from client: Client, device: [UInt8]?, at portal: PortalID) throws -> Attempt {
        try admit(buckets(Data(portal.uuid.bytes) + Self.address(typed), from: client, device: device))
    }

    /// Admits one more try at the password of an account whose session is open; it is counted apart from log-ins.
    func admit(_ developer: DeveloperID) throws -> Attempt {
        try admit([bucket("own account", Data(developer.uuid.bytes), free: policy.freeFailures, isOwners: true)])
    }

    /// Admits one more password for what was typed as an admin's address at the console.
    ///
    /// - Parameter device: the known device that it comes from.
    func admit(admin typed: String, from client: Client, device: [UInt8]?) throws -> Attempt {
        try admit(buckets(Data("console\n".utf8) + Self.address(typed), from: client, device: device))
    }

    /// Admits one more code of an admin's second factor.
    func admit(secondFactorOf admin: AdminID) throws -> Attempt {
        try admit([bucket("second factor", Data(admin.uuid.bytes), free: policy.freeFailures, isOwners: true)])
    }

    /// Admits one more try at the password of an admin whose session is open.
    func admit(ownPasswordOf admin: AdminID) throws -> Attempt {
        try admit([bucket("own console account", Data(admin.uuid.bytes), free: policy.freeFailures, isOwners: true)])
    }

    /// The password was wrong.
    ///
    /// - Returns: what the store has to keep.
    func failed(_ attempt: Attempt) -> [ThrottleRecord] {
        let now = clock.now
        let isEnd = attempt.end()
        return counts.withLock { counts in
            defer { shrink(&counts, at: now) }
            return attempt.buckets.map { bucket in
                var count = self.count(of: bucket, in: &counts, at: now)
                if isEnd { count.underWay -= 1 }
                count.record.failures += 1
                count.record.lastFailure = now
                count.record.blockedUntil = now.adding(policy.delay(afterFailures: count.record.failures, free: bucket.free))
                counts[bucket.key] = count
                return count.record
            }
        }
    }

    /// The password was right.
    ///
    /// - Returns: what the store has to forget.
    func succeeded(_ attempt: Attempt) -> [ThrottleRecord] {
        end(attempt)
        return counts.withLock { counts in
            attempt.buckets.filter(\.isOwners).compactMap { bucket in
                guard var record = counts[bucket.key]?.record, record.failures > 0 else { return nil }
                record.failures = 0
                record.blockedUntil = record.lastFailure
                counts[bucket.key]?.record = record
                return record
            }
        }
    }

    /// The password was not looked at.
    func end(_ attempt: Attempt) {
        guard attempt.end() else { return }
        counts.withLock { counts in
            for bucket in attempt.buckets {
                guard var count = counts[bucket.key] else { continue }
                count.underWay -= 1
                counts[bucket.key] = count.underWay == 0 && count.record.failures == 0 ? nil : count
            }
        }
    }

    private func admit(_ buckets: [Bucket]) throws -> Attempt {
        let now = clock.now
        try counts.withLock { counts in
            let found = buckets.map { count(of: $0, in: &counts, at: now) }
            let end = found.map(\.record.blockedUntil).max() ?? now
            guard end <= now else {
                throw AccountError.throttled(retryAfterSeconds: Int((end.milliseconds - now.milliseconds + 999) / 1000))
            }
            // Whoever has used up what is free waits for each answer, so that a burst is no way around the delays.
            let isFull = zip(buckets, found).contains { bucket, count in
                bucket.isOwners && count.underWay >= (count.record.failures < bucket.free ? policy.concurrent : 1)
            }
            guard !isFull else { throw AccountError.throttled(retryAfterSeconds: 1) }
            for (bucket, count) in zip(buckets, found) {
                counts[bucket.key] = Count(record: count.record, underWay: count.underWay + 1)
            }
        }
        return Attempt(buckets)
    }

    private static func address(_ typed: String) -> Data { Data(((try? EmailAddress(typed).key) ?? typed.lowercased()).utf8) }

    private func buckets(_ address: Data, from client: Client, device: [UInt8]?) -> [Bucket] {
        if let device {
            return [bucket("device", Data(device) + address, free: policy.freeFailures, isOwners: true)]
        }
        let owners = bucket("address", address, free: policy.freeFailures, isOwners: true)
        guard let from = client.address else { return [owners] }
        return [owners, bucket("client", Data(Self.subscriber(from).utf8), free: policy.freeFailuresOfClient, isOwners: false)]
    }

    /// Whose an address is: of IPv6 the network of 64 bits, which one subscriber has whole.
    static func subscriber(_ address: String) -> String {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        return withUnsafeBytes(of: &bytes) { bytes in
            // An IPv4 address in IPv6 clothes (RFC 4291, section 2.5.5.2) is one host.
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? bytes.suffix(4).map(String.init).joined(separator: ".") : Hexadecimal.text(bytes.prefix(8))
        }
    }

    private func bucket(_ kind: String, _ value: Data, free: Int, isOwners: Bool) -> Bucket {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(kind)\n".utf8) + value, using: key)
        return Bucket(key: Array(code), free: free, isOwners: isOwners)
    }

    private func count(of bucket: Bucket, in counts: inout [[UInt8]: Count], at now: Timestamp) -> Count {
        let fresh = ThrottleRecord(key: bucket.key, failures: 0, lastFailure: now, blockedUntil: now)
        guard var count = counts[bucket.key] else { return Count(record: fresh) }
        if count.record.lastFailure > now {
            count.record = setBack(count.record, to: now)
            counts[bucket.key] = count
        }
        if isForgotten(count.record, at: now) { count.record = fresh }
        return count
    }

    /// What was noted while the clock was ahead: its wait begins now, so that nobody is shut out until the clock gets there again.
    private func setBack(_ record: ThrottleRecord, to now: Timestamp) -> ThrottleRecord {
        var record = record
        let wait = max(0, record.blockedUntil.milliseconds - record.lastFailure.milliseconds)
        record.lastFailure = now
        record.blockedUntil = now.adding(.milliseconds(wait))
        return record
    }

    private func isForgotten(_ record: ThrottleRecord, at now: Timestamp) -> Bool {
        record.failures == 0 || (record.blockedUntil <= now && record.lastFailure.adding(policy.forgetAfter) <= now)
    }

    private func shrink(_ counts: inout [[UInt8]: Count], at now: Timestamp) {
        guard counts.count > Self.capacity else { return }
        counts = counts.filter { $0.value.underWay > 0 || !isForgotten($0.value.record, at: now) }
        guard counts.count > Self.capacity else { return }
        let least = counts.values.filter { $0.underWay == 0 }.sorted { $0.record.failures < $1.record.failures }
        for count in least.prefix(Self.capacity / 4) { counts[count.record.key] = nil }
    }
}
