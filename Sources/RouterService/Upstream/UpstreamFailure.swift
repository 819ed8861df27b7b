/// What can go wrong between the router and a node.
enum UpstreamFailure: Error, Equatable {
    /// No node of the geo could be connected to; nothing was sent.
    case unavailable
    /// The node closed or broke the connection before its answer was complete.
    case disconnected
    /// The node's answer is not HTTP/1.1 that can be passed on without guessing.
    case malformed
    /// The node did not answer in time.
    case timeout
}
