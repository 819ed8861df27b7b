import Crypto
import Foundation

/// The form of a backup file.
///
/// ```
/// "PORTOLAN BACKUP 1\n"   the length of the header, four bytes, big-endian   the header, JSON
/// the encapsulated key, 32 bytes   chunk   chunk   …   last chunk
/// ```
///
/// The content is the store's file followed by the outbox key, in chunks of 64 KiB, the last one shorter. Chunks are sealed by one
/// context of HPKE (RFC 9180) in mode `psk`: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305. `info` is the file up to the
/// end of the header, `psk` the sender's secret and `psk_id` the key's id. The context numbers the chunks, so none can change its
/// place; the additional data is one byte, 1 for the last chunk and 0 for others, so none can be the last but the last.
enum BackupFormat {
    static let mark = Data("PORTOLAN BACKUP 1\n".utf8)
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    static let encapsulatedKeyBytes = 32
    static let chunkBytes = 64 * 1024
    static let tagBytes = 16

    static func preamble(_ header: Data) -> Data {
        mark + withUnsafeBytes(of: UInt32(header.count).bigEndian) { Data($0) } + header
    }

    static func chunks(of content: Int) -> Int { (content + chunkBytes - 1) / chunkBytes }

    static func additionalData(isLast: Bool) -> Data { Data([isLast ? 1 : 0]) }

    /// How long the file is, given its preamble and how much it holds.
    static func length(preamble: Int, content: Int) -> Int {
        preamble + encapsulatedKeyBytes + content + chunks(of: content) * tagBytes
    }
}
