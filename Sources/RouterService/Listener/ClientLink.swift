/// What the requests of a `ClientConnection` come on.
enum ClientLink {
    /// A connection of its own, which is counted as one.
    case connection
    /// One stream of an HTTP/2 connection: it carries one request, and ends with it.
    case stream
}
