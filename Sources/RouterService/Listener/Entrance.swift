/// What a listener is for.
enum Entrance: Sendable {
    /// Requests in plain HTTP.
    case plain
    case tls(TLSServices)
    /// Requests in plain HTTP that are led to https.
    case redirect
}
