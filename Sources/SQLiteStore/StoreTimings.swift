import ServiceMetrics

/// How long callers waited for a store: reads, and writes from their request to the disk.
public struct StoreTimings: Sendable {
    public let reads = LatencyHistogram()
    public let writes = LatencyHistogram()
}
