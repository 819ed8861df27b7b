import Crypto
import CryptoExtras
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Hashes with scrypt (RFC 7914) on a few threads of its own, behind a queue of limited length.
public final class ScryptPasswordHasher: PasswordHasher {
    /// What hashing may use.
    public struct Limits: Sendable {
        /// How many hashes are made at once; each takes a core and 32 MiB at the standard cost.
        public var threads: Int
        /// How many may wait beyond those; one more is refused.
        public var queue: Int

        public init(threads: Int = System.coreCount, queue: Int = 64) {
            self.threads = threads
            self.queue = queue
        }
    }

    static let saltLength = 16
    static let keyLength = 32
    static let retryAfterSeconds = 2

    private let cost: ScryptCost
    private let limits: Limits
    private let pool: NIOThreadPool
    private let pending = Mutex(0)
    /// What an unknown account's password is checked against, so that it takes as long as a known one's.
    private let decoy: PasswordHash

    public init(cost: ScryptCost = .standard, limits: Limits = Limits()) {
        self.cost = cost
        self.limits = limits
        pool = NIOThreadPool(numberOfThreads: limits.threads)
        pool.start()
        decoy = PasswordHash(cost: cost, salt: Self.randomBytes(Self.saltLength), key: Self.randomBytes(Self.keyLength))
    }

    /// How many hashes are made or wait now.
    public var waiting: Int { pending.withLock { $0 } }

    /// How many there may be; one more is refused.
    public var capacity: Int { limits.threads + limits.queue }

    /// Ends the threads after the hashes that are under way.
    public func shutDown() async throws { try await pool.shutdownGracefully() }

    public func hash(_ password: Password) async throws -> PasswordHash {
        let (text, cost) = (password.text, cost)
        return try await run {
            let salt = Self.randomBytes(Self.saltLength)
            return PasswordHash(
                cost: cost, salt: salt, key: try Self.derive(text, salt: salt, length: Self.keyLength, cost: cost))
        }
    }

    public func verify(_ candidate: PasswordCandidate, against hash: PasswordHash?) async throws -> Bool {
        let expected = hash ?? decoy
        let isPossible = hash != nil && !candidate.isTooLong
        let text = candidate.isTooLong ? "" : candidate.text
        return try await run {
            let key = try Self.derive(text, salt: expected.salt, length: expected.key.count, cost: expected.cost)
            return Self.areEqual(key, expected.key) && isPossible
        }
    }

    public func isOutdated(_ hash: PasswordHash) -> Bool { hash.cost.work < cost.work }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let capacity = capacity
        let isAdmitted = pending.withLock { pending in
            guard pending < capacity else { return false }
            pending += 1
            return true
        }
        guard isAdmitted else { throw AccountError.busy(retryAfterSeconds: Self.retryAfterSeconds) }
        defer { pending.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }

    private static func derive(_ text: String, salt: [UInt8], length: Int, cost: ScryptCost) throws -> [UInt8] {
        let rounds = 1 << cost.logRounds
        let key = try KDF.Scrypt.deriveKey(
            from: Data(text.utf8), salt: Data(salt), outputByteCount: length, rounds: rounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism, maxMemory: 2 * 128 * rounds * cost.blockSize + (1 << 20))
        return key.withUnsafeBytes { Array($0) }
    }

    /// Compares without telling by its time where the first difference is.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}
