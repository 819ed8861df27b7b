/// Why a connection was refused before its first request; the names stand in metrics.
///
/// No case holds anything that the client sent.
enum TLSRefusal: String, Error, CaseIterable {
    /// What came first is no TLS handshake: plain HTTP, SSLv2, anything.
    case notTLS = "not_tls"
    case malformedHello = "malformed_hello"
    case helloTooLarge = "hello_too_large"
    case helloTimeout = "hello_timeout"
    case nameMissing = "name_missing"
    /// The topology does not know the name.
    case nameUnknown = "name_unknown"
    /// The topology knows the name, and this router does not serve it.
    case nameUnserved = "name_unserved"
    case noApplicationProtocol = "no_application_protocol"
    case handshakeFailed = "handshake_failed"
    case handshakeTimeout = "handshake_timeout"
    case ingressUnavailable = "ingress_unavailable"
    case malformedProxyHeader = "malformed_proxy_header"
    case proxyHeaderTimeout = "proxy_header_timeout"
    /// A request asked, on a connection to one geo, for a host of another.
    case otherAuthority = "other_authority"

    /// What the client is told; nil where the connection is closed without a word.
    var alert: TLSAlert? {
        switch self {
        case .notTLS: .unexpectedMessage
        case .malformedHello, .helloTooLarge: .decodeError
        case .nameMissing: .missingExtension
        case .nameUnknown, .nameUnserved: .unrecognizedName
        case .noApplicationProtocol: .noApplicationProtocol
        case .ingressUnavailable: .internalError
        case .helloTimeout, .handshakeFailed, .handshakeTimeout, .malformedProxyHeader, .proxyHeaderTimeout, .otherAuthority:
            nil
        }
    }
}
