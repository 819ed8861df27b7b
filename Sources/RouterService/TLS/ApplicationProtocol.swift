import NIOCore

/// What is spoken inside TLS, by the names of ALPN (RFC 7301).
enum ApplicationProtocol: String, CaseIterable {
    case http11 = "http/1.1"

    /// In the order of preference.
    static var names: [String] { allCases.map(\.rawValue) }

    /// Whether a client that lists protocols speaks one of these; one that lists none speaks HTTP/1.1.
    static func isAnyOffered(in list: [String]?) -> Bool { list?.contains { Self(rawValue: $0) != nil } ?? true }

    /// Puts the protocol's handlers behind a handshake that is complete.
    ///
    /// - Returns: who looks after the connection from now on.
    func begin(after handshake: TLSHandshake, in pipeline: ChannelPipeline.SynchronousOperations) throws -> any LoopConnection {
        switch self {
        case .http11:
            let connection = ClientConnection(loop: handshake.loop, served: handshake.served, client: handshake.client)
            try pipeline.addHandler(connection, position: .after(handshake))
            return connection
        }
    }
}
