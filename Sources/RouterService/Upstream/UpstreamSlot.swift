/// The connections of one event loop to one node.
final class UpstreamSlot {
    let node: UpstreamNode
    /// Connections that nobody uses, the one used last at the end.
    var idle: [UpstreamConnection] = []
    /// All connections, in use, idle and in the making.
    var open = 0

    init(_ node: UpstreamNode) { self.node = node }

    func takeIdle() -> [UpstreamConnection] {
        defer { idle = [] }
        return idle
    }
}
