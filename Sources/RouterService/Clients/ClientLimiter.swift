import NIOCore
import Synchronization

/// Holds each client to so many requests per second and so many open connections, over all event loops.
///
/// No address is kept: a client is a SipHash of its network under a key that this process drew and never writes down. The table of
/// rates has a fixed size. Where it is full, the client whose allowance is nearest to whole is forgotten; a client that had used up
/// nothing of late loses nothing by it.
final class ClientLimiter: Sendable {
    private static let shardCount = 64
    private static let setsPerShard = 128
    private static let entriesPerSet = 8

    /// How many clients' rates are remembered.
    static let capacity = shardCount * setsPerShard * entriesPerSet

    private struct Entry {
        var client: UInt64 = 0
        /// When the client's allowance is whole again, in nanoseconds (the theoretical arrival time of the generic cell rate algorithm,
        /// ITU-T I.371). An entry whose time has passed is as good as none.
        var wholeAt: Int64 = .min
    }

    /// A part of the table with a lock of its own, so that event loops hardly ever wait for each other.
    private final class Shard: Sendable {
        struct Content {
            var entries: [Entry]
            var connections: [UInt64: Int] = [:]
        }

        let content: Mutex<Content>

        init(entries: Int) { content = Mutex(Content(entries: Array(repeating: Entry(), count: entries))) }
    }

    private let hash: SipHash
    private let shards: [Shard]
    /// Nanoseconds for one request; 0 for no limit.
    private let interval: Int64
    private let burst: Int64
    private let connectionLimit: Int

    /// nil where the limits ask for none.
    convenience init?(_ limits: RouterLimits) {
        guard limits.clientRequestsPerSecond > 0 || limits.clientConnections > 0 else { return nil }
        var random = SystemRandomNumberGenerator()
        self.init(limits, hash: SipHash(using: &random))
    }

    init(_ limits: RouterLimits, hash: SipHash) {
        self.hash = hash
        let hasRate = limits.clientRequestsPerSecond > 0
        interval = hasRate ? 1_000_000_000 / Int64(limits.clientRequestsPerSecond) : 0
        burst = Int64(limits.clientBurst)
        connectionLimit = limits.clientConnections
        shards = (0..<Self.shardCount).map { _ in Shard(entries: hasRate ? Self.setsPerShard * Self.entriesPerSet : 0) }
    }

    // MARK: Requests

    /// Takes one request off a client's allowance.
    ///
    /// - Returns: after how many seconds the client may try again; nil where the request is within the limit.
    func refusal(of client: ClientNetwork?, at time: NIODeadline) -> Int? {
        guard interval > 0, let client else { return nil }
        let key = hash.hash(client.bytes)
        let now = Int64(clamping: time.uptimeNanoseconds)
        return shard(of: key).content.withLock { content in
            let index = Self.index(of: key, in: content.entries)
            let entry = content.entries[index]
            let wholeAt = max(entry.client == key ? entry.wholeAt : now, now) + interval
            let excess = wholeAt - now - burst * interval
            guard excess <= 0 else { return max(1, Int((excess + 999_999_999) / 1_000_000_000)) }
            content.entries[index] = Entry(client: key, wholeAt: wholeAt)
            return nil
        }
    }

    /// The place of a client, or the one that it may take.
    private static func index(of key: UInt64, in entries: [Entry]) -> Int {
        let first = Int(key >> 6 & UInt64(setsPerShard - 1)) * entriesPerSet
        var best = first
        for index in first..<(first + entriesPerSet) {
            if entries[index].client == key { return index }
            if entries[index].wholeAt < entries[best].wholeAt { best = index }
        }
        return best
    }

    // MARK: Connections

    /// - Returns: whether the client may have one more connection; then ``connectionEnded(of:)`` has to follow.
    func admitConnection(of client: ClientNetwork?) -> Bool {
        guard connectionLimit > 0, let client else { return true }
        let key = hash.hash(client.bytes)
        return shard(of: key).content.withLock { content in
            guard content.connections[key, default: 0] < connectionLimit else { return false }
            content.connections[key, default: 0] += 1
            return true
        }
    }

    func connectionEnded(of client: ClientNetwork?) {
        guard connectionLimit > 0, let client else { return }
        let key = hash.hash(client.bytes)
        shard(of: key).content.withLock { content in
            guard let count = content.connections[key] else { return }
            content.connections[key] = count > 1 ? count - 1 : nil
        }
    }

    private func shard(of key: UInt64) -> Shard { shards[Int(key & UInt64(Self.shardCount - 1))] }
}
