import NIOCore

/// The part of an address that stands for one client: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one
/// address of such a network has all of them.
struct ClientNetwork: Hashable, Sendable {
    let bytes: [UInt8]

    /// - Parameter bytes: four of an IPv4 address, or the first eight of an IPv6 address.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// nil for what is no IP address.
    init?(_ socket: SocketAddress?) {
        switch socket {
        case .v4(let address): bytes = withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let all = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            // An IPv4 client of a socket for both families (RFC 4291, section 2.5.5.2).
            let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
            bytes = isMapped ? Array(all[12...]) : Array(all[..<8])
        case .unixDomainSocket, nil: return nil
        }
    }
}
