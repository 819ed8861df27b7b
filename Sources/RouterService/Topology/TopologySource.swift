import Geography

/// Where a running router gets its topology from when it is asked to read it again.
public struct TopologySource: Sendable {
    /// Each element asks for one reading.
    let requests: AsyncStream<Void>
    let read: @Sendable () throws -> Topology

    /// - Parameter read: reads and checks the whole topology; what it throws is logged, and the router keeps what it has.
    public init(requests: AsyncStream<Void>, read: @escaping @Sendable () throws -> Topology) {
        self.requests = requests
        self.read = read
    }
}
