/// How many of something took how long.
public final class LatencyHistogram: Sendable {
    /// The upper bounds of the buckets, in seconds; what took longer than the last is in one more.
    public static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private let buckets = (0...bounds.count).map { _ in MetricCounter() }
    private let nanoseconds = MetricCounter()

    public init() {}

    public func record(_ duration: Duration) {
        let (whole, attoseconds) = duration.components
        let seconds = Double(whole) + Double(attoseconds) / 1e18
        buckets[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count].add()
        nanoseconds.add(Int(seconds * 1e9))
    }

    /// Records the time since a moment.
    public func record(since start: ContinuousClock.Instant) { record(ContinuousClock.now - start) }

    var seconds: Double { Double(nanoseconds.value) / 1e9 }

    /// How many took no longer than each bound, and how many there were in all, last.
    var cumulative: [Int] {
        var total = 0
        return buckets.map { bucket in
            total += bucket.value
            return total
        }
    }
}
