import Foundation

/// Tells whether two samples of times come from one distribution: the two-sample test of Kolmogorov and Smirnov.
///
/// It looks at the whole distributions, so that a difference shows of whatever form it is, and a slow machine, on which both are
/// slow, is none.
struct TwoSamples {
    private(set) var one: [Double] = []
    private(set) var other: [Double] = []

    mutating func add(_ time: Duration, toOther: Bool) {
        let (seconds, attoseconds) = time.components
        let value = Double(seconds) + Double(attoseconds) / 1e18
        if toOther { other.append(value) } else { one.append(value) }
    }

    /// The largest difference between the two distribution functions.
    var distance: Double {
        let (first, second) = (one.sorted(), other.sorted())
        var (i, j, largest) = (0, 0, 0.0)
        while i < first.count, j < second.count {
            let value = min(first[i], second[j])
            while i < first.count, first[i] <= value { i += 1 }
            while j < second.count, second[j] <= value { j += 1 }
            largest = max(largest, abs(Double(i) / Double(first.count) - Double(j) / Double(second.count)))
        }
        return largest
    }

    /// The distance that samples of one distribution reach once in so many times.
    func criticalDistance(onceIn times: Double) -> Double {
        let (n, m) = (Double(one.count), Double(other.count))
        return sqrt(-log(1 / times / 2) / 2) * sqrt((n + m) / (n * m))
    }

    /// Whether they differ by more than chance does once in a million times.
    var differ: Bool { distance > criticalDistance(onceIn: 1e6) }
}
