import Accounts
import NIOCore
import NIOPosix

/// The network addresses of a host name.
public protocol NameResolution: Sendable {
    /// - Throws: ``ProviderFault/unresolvable``.
    func addresses(of host: String, port: Int) async throws -> [String]
}

/// As the machine resolves names; on a thread, because that may take its time.
public struct SystemNameResolution: NameResolution {
    public init() {}

    public func addresses(of host: String, port: Int) async throws -> [String] {
        // The names of this machine itself, which not every resolver knows (RFC 6761, section 6.3).
        if host == "localhost" || host.hasSuffix(".localhost") { return ["127.0.0.1"] }
        if let literal = try? SocketAddress(ipAddress: host, port: port).ipAddress { return [literal] }
        return try await NIOThreadPool.singleton.runIfActive {
            guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port).ipAddress else {
                throw ProviderFault.unresolvable
            }
            return [address]
        }
    }
}
