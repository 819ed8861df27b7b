/// One geographic region: its id, its number, and where its nodes are.
public struct Geo: Hashable, Sendable {
    public let id: GeoID
    public let number: GeoNumber
    /// What people read: "Europe".
    public let name: String
    /// At least one. All of them serve the same store; requests are never sent to another geo's nodes.
    public let nodes: [NodeAddress]

    public init(id: GeoID, number: GeoNumber, name: String, nodes: [NodeAddress]) {
        self.id = id
        self.number = number
        self.name = name
        self.nodes = nodes
    }
}

/// Where the router reaches one node.
public struct NodeAddress: Hashable, Sendable {
    /// Where the node serves portals and APIs.
    public let service: SocketEndpoint
    /// Where the node answers `/readyz`; nil where the router judges the node by its traffic alone.
    public let admin: SocketEndpoint?

    public init(service: SocketEndpoint, admin: SocketEndpoint?) {
        self.service = service
        self.admin = admin
    }
}

/// A host name or IP address and a port, written `127.0.0.1:9101` or `[::1]:9101`.
public struct SocketEndpoint: Hashable, Sendable, CustomStringConvertible {
    public let host: String
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port`; nil for anything else. Port 0 asks the system for a free one.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let port = Int(digits), port <= 65535 else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        self.init(host: String(host), port: port)
    }

    /// What host names, addresses and the zone of an IPv6 address are made of (RFC 4007, section 11).
    private static func isHostByte(_ byte: UInt8) -> Bool {
        byte.lowercased.isLowercaseLetter || byte.isDigit || ".-_:%".utf8.contains(byte)
    }

    /// Whether nobody outside this machine can be there.
    public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
