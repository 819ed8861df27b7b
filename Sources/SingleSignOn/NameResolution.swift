import Accounts
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The network addresses of a host name.
public protocol NameResolution: Sendable {
    /// All of them, the ones to be tried first in front.
    ///
    /// - Throws: ``ProviderFault/unresolvable``.
    func addresses(of host: String, port: Int) async throws -> [String]
}

/// As the machine resolves names, in the order that it prefers (RFC 6724); on a thread, because that may take its time.
public struct SystemNameResolution: NameResolution {
    public init() {}

    public func addresses(of host: String, port: Int) async throws -> [String] {
        // The names of this machine itself, which not every resolver knows (RFC 6761, section 6.3).
        if host == "localhost" || host.hasSuffix(".localhost") { return ["127.0.0.1", "::1"] }
        if let literal = try? SocketAddress(ipAddress: host, port: port).ipAddress { return [literal] }
        return try await NIOThreadPool.singleton.runIfActive { try Self.lookUp(host) }
    }

    private static func lookUp(_ host: String) throws(ProviderFault) -> [String] {
        var hints = addrinfo()
        // One entry for each address, not one for each kind of socket as well.
        hints.ai_protocol = Int32(IPPROTO_TCP)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { throw .unresolvable }
        defer { freeaddrinfo(list) }
        var found: [String] = []
        var next = list
        while let entry = next?.pointee {
            if let text = numeric(entry), !found.contains(text) { found.append(text) }
            next = entry.ai_next
        }
        return found
    }

    /// Without the interface that a link-local address may name: the rules judge the address.
    private static func numeric(_ entry: addrinfo) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
            getnameinfo(entry.ai_addr, entry.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.split(separator: "%").first.map(String.init)
    }
}
