import NIOCore

/// How many requests took how long.
struct DurationHistogram: Sendable {
    /// The upper bounds of the buckets; what took longer than the last is in one more.
    static let bounds: [TimeAmount] = [
        .milliseconds(1), .microseconds(2500), .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50),
        .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(2500), .seconds(10),
    ]

    private let buckets = (0...Self.bounds.count).map { _ in Counter() }
    private let sum = Counter()

    func record(_ duration: TimeAmount) {
        var index = 0
        while index < Self.bounds.count, duration > Self.bounds[index] { index += 1 }
        buckets[index].add()
        sum.add(Int(duration.nanoseconds))
    }

    /// The sum of all durations in seconds.
    var seconds: Double { Double(sum.value) / 1e9 }

    /// How many took no longer than each bound, and how many there were in all.
    var cumulative: [(bound: TimeAmount?, count: Int)] {
        var total = 0
        return buckets.indices.map { index in
            total += buckets[index].value
            return (index < Self.bounds.count ? Self.bounds[index] : nil, total)
        }
    }
}
