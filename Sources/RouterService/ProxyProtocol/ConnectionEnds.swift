import NIOCore

/// Between whom a connection is, as far as that is known.
struct ConnectionEnds {
    var source: SocketAddress?
    var destination: SocketAddress?

    var client: ClientAddress { ClientAddress(source) }
}
