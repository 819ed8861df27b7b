import Geography
import NIOCore
import Synchronization

/// One node as all event loops see it: where it is, whether it may be used, and how busy it is.
final class UpstreamNode: Sendable {
    /// What is known of a node.
    enum Condition: UInt8, AtomicRepresentable {
        /// Not checked yet: used, but not counted as healthy.
        case unchecked
        case up
        /// Failed its last check or too many exchanges: not used until checks succeed.
        case down
    }

    let geo: GeoID
    let address: NodeAddress
    private let currentCondition = Atomic<Condition>(.unchecked)
    private let requestsInFlight = Atomic<Int>(0)
    private let failuresInARow = Atomic<Int>(0)

    init(geo: GeoID, address: NodeAddress) {
        self.geo = geo
        self.address = address
    }

    var condition: Condition { currentCondition.load(ordering: .relaxed) }

    /// - Returns: the condition before.
    @discardableResult
    func become(_ condition: Condition) -> Condition { currentCondition.exchange(condition, ordering: .relaxed) }

    /// Requests that this node works on, of all event loops.
    var outstanding: Int { requestsInFlight.load(ordering: .relaxed) }

    func requestBegan() { requestsInFlight.add(1, ordering: .relaxed) }
    func requestEnded() { requestsInFlight.subtract(1, ordering: .relaxed) }

    // MARK: Failures

    /// How many exchanges failed one after another.
    var failures: Int { failuresInARow.load(ordering: .relaxed) }

    /// - Returns: how many exchanges failed one after another, with this one.
    func exchangeFailed() -> Int { failuresInARow.add(1, ordering: .relaxed).newValue }

    func exchangeSucceeded() {
        // Looking is cheaper than writing to memory that all event loops share, and nearly always enough.
        if failuresInARow.load(ordering: .relaxed) != 0 { failuresInARow.store(0, ordering: .relaxed) }
    }

    /// Makes a node that comes back go down again at its next failure, unless an exchange succeeds before.
    func beginProbation(failureLimit: Int) { failuresInARow.store(failureLimit - 1, ordering: .relaxed) }
}
