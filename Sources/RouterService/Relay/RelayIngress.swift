import Geography

/// Where a geo takes connections that this router may not decrypt.
struct RelayIngress: Sendable {
    let geo: GeoID
    let address: SocketEndpoint
    /// Whether the ingress is told the client's address by a PROXY header.
    let wantsProxyHeader: Bool
}
