/// Why a connection inside was refused: the peer did not prove that it is who it must be.
public enum IdentityError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The handshake broke: no certificate, a foreign authority, an expired certificate, or no TLS at all.
    case handshakeFailed(String)
    /// The handshake went well, with a certificate of somebody else.
    case wrongPeer(expected: String)
    /// The peer did not end its handshake in time.
    case timedOut

    public var description: String {
        switch self {
        case .handshakeFailed(let reason): "the TLS handshake failed: \(reason)"
        case .wrongPeer(let expected): "the peer's certificate does not carry the one URI \(expected)"
        case .timedOut: "the peer did not end the TLS handshake in time"
        }
    }
}
