/// Why there is no connection for a request.
enum UpstreamShortage: Equatable {
    /// No node of the geo can be reached.
    case noNode
    /// All connections are in use, and too many requests wait for one or this one waited for too long.
    case noConnection
}
