#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A block of IP addresses, as CIDR notation writes it (RFC 4632, section 3.1; RFC 4291, section 2.3): `198.18.0.0/15`, `fd00::/8`. An
/// address alone is the block of itself.
///
/// An IPv4 address mapped into IPv6 (`::ffff:198.18.0.9`) counts as the IPv4 address, in blocks as in addresses.
public struct AddressBlock: Hashable, Sendable {
    /// The first address: 4 bytes, or 16.
    private let bytes: [UInt8]
    /// How many bits every address of the block shares with it.
    private let prefixLength: Int

    /// - Returns: nil for what is no block: also for one whose address has bits beyond the prefix (`198.18.0.9/15`), because its writer
    ///   meant something else than it says.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let written = Self.bytes(of: String(parts[0])) else { return nil }
        var length = written.count * 8
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...length).contains(number), String(number) == parts[1] else { return nil }
            length = number
        }
        if let mapped = Self.unmapped(written), length >= Self.mappedPrefix.count * 8 {
            (bytes, prefixLength) = (mapped, length - Self.mappedPrefix.count * 8)
        } else {
            (bytes, prefixLength) = (written, length)
        }
        guard (prefixLength..<bytes.count * 8).allSatisfy({ bytes[$0 / 8] & (0x80 >> UInt8($0 % 8)) == 0 }) else { return nil }
    }

    /// Whether an address is in the block; an address of the other family never is, and neither is a text that is no address.
    public func contains(_ address: String) -> Bool {
        guard let written = Self.bytes(of: address) else { return false }
        let other = Self.unmapped(written) ?? written
        guard other.count == bytes.count else { return false }
        let (whole, rest) = (prefixLength / 8, prefixLength % 8)
        guard bytes.prefix(whole) == other.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other[whole]) >> UInt8(8 - rest) == 0
    }

    private static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    private static func unmapped(_ bytes: [UInt8]) -> [UInt8]? {
        bytes.count == 16 && bytes.starts(with: mappedPrefix) ? Array(bytes[12...]) : nil
    }

    /// Nil for a text that is no IP address; names, zones (`fe80::1%eth0`) and numbers with leading zeros are none.
    private static func bytes(of text: String) -> [UInt8]? {
        for (family, length) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: length)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
