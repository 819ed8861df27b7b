/// How the end of a message's body is told (RFC 9112, section 6.3).
enum BodyFraming: Equatable {
    case none
    case length(Int)
    case chunked
    /// By the end of the connection; only in responses.
    case untilClose
}
