import Geography
import NIOCore
import NIOPosix

extension ClientBootstrap {
    /// Connects to an address of a configuration; a name is looked up, an IP address is not.
    func connect(to endpoint: SocketEndpoint) -> EventLoopFuture<any Channel> {
        if let address = try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port) { return connect(to: address) }
        return connect(host: endpoint.host, port: endpoint.port)
    }
}
