import NIOCore

/// The address from which a client connected. It goes to the node of one geo and nowhere else.
struct ClientAddress {
    let address: String
    /// As RFC 7239, section 6 writes it: an IPv6 address in brackets and quotes.
    let forwardedNode: String

    /// Who this counts as for the limits per client.
    let network: ClientNetwork?

    init(_ socket: SocketAddress?) {
        network = ClientNetwork(socket)
        address = socket?.ipAddress ?? "unknown"
        forwardedNode = address.contains(":") ? "\"[\(address)]\"" : address
    }
}
