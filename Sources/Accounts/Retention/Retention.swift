/// Removes what a geo keeps no longer, in steps so short that registrations go on between them.
public struct Retention: Sendable {
    static let stepSize = 200

    let store: any RetentionStore
    let clock: any WallClock
    let policy: RetentionPolicy
    let throttle: ThrottlePolicy

    public init(store: any RetentionStore, clock: any WallClock, policy: RetentionPolicy, throttle: ThrottlePolicy) {
        self.store = store
        self.clock = clock
        self.policy = policy
        self.throttle = throttle
    }

    /// Removes everything that is past keeping now, and its traces.
    @discardableResult
    public func purge() async throws -> PurgeCounts {
        let cutoffs = policy.cutoffs(at: clock.now, throttle: throttle)
        var sum = PurgeCounts()
        while true {
            try Task.checkCancellation()
            let counts = try await store.purge(before: cutoffs, limit: Self.stepSize)
            sum += counts
            if counts.most < Self.stepSize { break }
        }
        while try await store.clearTraces() { try Task.checkCancellation() }
        return sum
    }
}
