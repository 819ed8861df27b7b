import ConfigurationFiles
import NIOCore

/// The peers that send the PROXY protocol: from them it is demanded, from all others it is never read.
public struct TrustedProxies: Equatable, Sendable {
    private let blocks: [AddressBlock]

    public static let none = TrustedProxies([])

    public init(_ blocks: [AddressBlock]) { self.blocks = blocks }

    init(reading root: ConfigurationSection) throws {
        blocks = try root.list(
            "accept_proxy_protocol_from", expecting: "an IP address or block such as 198.18.0.9 or 198.18.0.0/24",
            parse: AddressBlock.init)
    }

    var isEmpty: Bool { blocks.isEmpty }

    /// Looked up once for each connection, in turn: a router has a few load balancers in front.
    func contains(_ peer: SocketAddress?) -> Bool {
        guard !blocks.isEmpty, let address = peer?.ipAddress else { return false }
        return blocks.contains { $0.contains(address) }
    }
}
