/// What can go wrong between the router and a node that it is connected to.
enum UpstreamFailure: Error, Equatable {
    /// The node closed or broke the connection before its answer was complete.
    case disconnected
    /// The node's answer is not HTTP/1.1 that can be passed on without guessing.
    case malformed
}
