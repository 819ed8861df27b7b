import Geography
import Logging
import NIOCore
import ServiceIdentity

/// Who this router is to nodes, and who a node must be to it.
struct RouterIdentity: Sendable {
    let identity: ServiceIdentity
    private let trustDomain: Hostname

    /// - Throws: `ConfigurationError` for files that cannot be used.
    init?(_ configuration: RouterConfiguration, logger: Logger) throws {
        guard let settings = configuration.identity else { return nil }
        trustDomain = configuration.topology.trustDomain
        identity = try ServiceIdentity(settings, own: SPIFFEID(trustDomain: trustDomain, role: .router), logger: logger)
    }

    /// Puts mutual TLS at the end of a new connection's pipeline. Call it on the channel's event loop.
    ///
    /// - Returns: succeeds when the peer has proven that it is a node of the geo.
    func secure(_ channel: any Channel, to geo: GeoID, within timeout: TimeAmount) throws -> EventLoopFuture<Void> {
        try identity.addClient(to: channel, expecting: SPIFFEID(trustDomain: trustDomain, role: .node(geo)), within: timeout)
    }
}
