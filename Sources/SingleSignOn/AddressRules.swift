import ConfigurationFiles
import NIOCore

/// Which network addresses providers may have, so that nobody who sets one up makes the node ask machines behind its firewall
/// (OWASP, "Server Side Request Forgery Prevention").
public struct AddressRules: Sendable {
    /// Whether a provider on this machine may be asked, in plain HTTP too; for trying things.
    public var allowsLoopback: Bool
    /// Blocks that are allowed although they are private.
    public var allowed: [AddressBlock]

    public init(allowsLoopback: Bool = false, allowed: [AddressBlock] = []) {
        self.allowsLoopback = allowsLoopback
        self.allowed = allowed
    }

    /// - Parameter address: an IP address as text; anything else is not allowed.
    public func allows(_ address: String) -> Bool {
        guard (try? SocketAddress(ipAddress: address, port: 0)) != nil else { return false }
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if Self.isLoopback(address) { return allowsLoopback }
        return !Self.notPublic.contains { $0.contains(address) }
    }

    static func isLoopback(_ address: String) -> Bool { loopback.contains { $0.contains(address) } }

    private static let loopback = ["127.0.0.0/8", "::1"].compactMap(AddressBlock.init)

    /// What is not globally reachable, or carries another address inside (IANA special-purpose registries; RFC 6890, 8190).
    private static let notPublic = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap(AddressBlock.init)
}
