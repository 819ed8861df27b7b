import NIOCore

/// What is spoken inside TLS, by the names of ALPN (RFC 7301).
enum ApplicationProtocol: String, CaseIterable {
    case http2 = "h2"
    case http11 = "http/1.1"

    /// In the order of preference.
    static var names: [String] { allCases.map(\.rawValue) }

    /// Whether a client that lists protocols speaks one of these; one that lists none speaks HTTP/1.1.
    static func isAnyOffered(in list: [String]?) -> Bool { list?.contains { Self(rawValue: $0) != nil } ?? true }

    /// Puts the protocol's handlers behind a handshake that is complete.
    ///
    /// - Returns: who looks after the connection from now on.
    func begin(after handshake: TLSHandshake, in channel: any Channel) throws -> any LoopConnection {
        switch self {
        case .http2:
            let (loop, served, client) = (handshake.loop, handshake.served, handshake.client)
            return try HTTP2.configure(channel, loop: loop, client: client, scheme: "https") { stream in
                ClientConnection(loop: loop, stream: stream, served: served, client: client)
            }
        case .http11:
            let connection = ClientConnection(loop: handshake.loop, served: handshake.served, client: handshake.client)
            try channel.pipeline.syncOperations.addHandler(connection, position: .after(handshake))
            return connection
        }
    }
}
