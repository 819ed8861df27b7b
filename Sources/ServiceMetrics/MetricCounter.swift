import Synchronization

/// A number that any thread may change.
public final class MetricCounter: Sendable {
    private let current = Atomic<Int>(0)

    public init() {}

    public var value: Int { current.load(ordering: .relaxed) }

    public func add(_ amount: Int = 1) { current.add(amount, ordering: .relaxed) }
}
