import Crypto
import Geography

/// The company that runs the portals of a topology.
public struct Organization: Hashable, Sendable {
    /// A UUIDv5 of the topology's domain (RFC 9562, section 5.5), so every geo tells the same one without sharing anything.
    public let id: String

    public init(domain: Hostname) {
        let namespaceDNS: [UInt8] = [
            0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
        ]
        var bytes = Array(Insecure.SHA1.hash(data: namespaceDNS + Array(domain.value.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        id = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { Hexadecimal.text(bytes[$0]) }.joined(separator: "-")
    }
}
