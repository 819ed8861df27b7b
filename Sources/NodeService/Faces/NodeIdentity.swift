import Geography
import Logging
import NIOCore
import ServiceIdentity
import ServiceLifecycle

/// Who this node is to routers, and that nobody but a router may speak to it.
struct NodeIdentity: Service {
    private let identity: ServiceIdentity
    private let router: SPIFFEID
    private let logger: Logger

    /// - Throws: `ConfigurationError` for files that cannot be used.
    init?(_ configuration: NodeConfiguration, logger: Logger) throws {
        guard let settings = configuration.identity else { return nil }
        let trustDomain = configuration.topology.trustDomain
        let own = SPIFFEID(trustDomain: trustDomain, role: .node(configuration.geo.id))
        identity = try ServiceIdentity(settings, own: own, logger: logger)
        router = SPIFFEID(trustDomain: trustDomain, role: .router)
        self.logger = logger
    }

    /// When the certificate in use ends, in seconds since 1970.
    var expires: Int { identity.expires }

    /// Puts mutual TLS at the end of a connection's pipeline. Call it on the channel's event loop.
    func secure(_ channel: any Channel) throws {
        try identity.addServer(to: channel, expecting: router).whenFailure { [logger] error in
            logger.warning("a connection was refused: it is no router's", metadata: ["reason": "\(error)"])
        }
    }

    /// Looks after the files until the node stops.
    func run() async throws {
        await cancelWhenGracefulShutdown { await identity.watch() }
    }

    /// Looks at the files now.
    func reload() { identity.reload() }
}
