import Synchronization

/// A number that any thread may change.
final class Counter: Sendable {
    private let current = Atomic<Int>(0)

    var value: Int { current.load(ordering: .relaxed) }

    func add(_ amount: Int = 1) { current.add(amount, ordering: .relaxed) }

    /// - Returns: the number before.
    func exchange(_ value: Int) -> Int { current.exchange(value, ordering: .relaxed) }

    /// - Returns: the number after.
    @discardableResult
    func subtract(_ amount: Int = 1) -> Int { current.subtract(amount, ordering: .relaxed).newValue }
}
