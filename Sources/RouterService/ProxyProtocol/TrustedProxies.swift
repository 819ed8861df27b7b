import ConfigurationFiles
import NIOCore

/// The peers that send the PROXY protocol, by IP address: from them it is demanded, from all others it is never read.
public struct TrustedProxies: Equatable, Sendable {
    private let addresses: Set<String>

    public static let none = TrustedProxies()

    private init() { addresses = [] }

    /// - Parameter addresses: IP addresses, without ports.
    /// - Throws: what NIO says of a text that is no IP address.
    public init(_ addresses: [String]) throws {
        self.addresses = Set(try addresses.map { try Self.canonical(SocketAddress(ipAddress: $0, port: 0)) })
    }

    init(reading root: ConfigurationSection) throws {
        addresses = Set(
            try root.list("accept_proxy_protocol_from", expecting: "an IP address such as 198.18.0.9") { text in
                (try? SocketAddress(ipAddress: text, port: 0)).map(Self.canonical)
            })
    }

    var isEmpty: Bool { addresses.isEmpty }

    func contains(_ peer: SocketAddress?) -> Bool {
        guard !addresses.isEmpty, let peer else { return false }
        return addresses.contains(Self.canonical(peer))
    }

    /// One way of writing for each address; an IPv4 peer of an IPv6 socket is the IPv4 peer (RFC 4291, section 2.5.5.2).
    private static func canonical(_ address: SocketAddress) -> String {
        let text = address.ipAddress ?? ""
        let mapped = "::ffff:"
        guard text.hasPrefix(mapped), text.contains(".") else { return text }
        return String(text.dropFirst(mapped.count))
    }
}
