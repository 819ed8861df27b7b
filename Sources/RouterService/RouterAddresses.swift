import Geography

/// Where a running router listens: the ports that the system gave where the configuration asked for port 0.
public struct RouterAddresses: Equatable, Sendable {
    public let service: SocketEndpoint
    /// nil where no admin listener is configured.
    public let admin: SocketEndpoint?
    /// nil where plain HTTP is not led to https.
    public let redirect: SocketEndpoint?
}
