/// How often somebody, of whom only a keyed hash is known, gave a wrong password.
public struct ThrottleRecord: Hashable, Sendable {
    /// Thirty-two bytes: HMAC-SHA-256 of an address, a client or a device.
    public let key: [UInt8]
    /// 0 where all is forgiven and nothing has to be kept.
    public var failures: Int
    public var lastFailure: Timestamp
    /// Before this moment no further password is looked at.
    public var blockedUntil: Timestamp

    public init(key: [UInt8], failures: Int, lastFailure: Timestamp, blockedUntil: Timestamp) {
        self.key = key
        self.failures = failures
        self.lastFailure = lastFailure
        self.blockedUntil = blockedUntil
    }
}

/// Keeps what a throttle must not forget when its process ends.
public protocol ThrottleStore: Sendable {
    func throttleRecords() async throws -> [ThrottleRecord]
}
