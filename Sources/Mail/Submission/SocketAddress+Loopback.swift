import NIOCore

extension SocketAddress {
    /// Whether the address is this machine's own: 127.0.0.0/8, ::1, or a socket in the file system.
    var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") == true
        case .v6: ipAddress == "::1"
        case .unixDomainSocket: true
        }
    }
}
