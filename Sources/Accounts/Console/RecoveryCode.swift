import Crypto
import Foundation

/// A code that opens the console once when the authenticator app is lost: 80 random bits, `ABCD-EFGH-IJKL-MNOP`.
struct RecoveryCode {
    /// How many an admin gets at once.
    static let count = 10
    private static let length = 16

    let text: String

    init(using random: inout some RandomNumberGenerator) {
        let characters = Base32.text((0..<10).map { _ in UInt8.random(in: 0...255, using: &random) })
        let groups = stride(from: 0, to: Self.length, by: 4).map { start in
            characters.dropFirst(start).prefix(4)
        }
        text = groups.joined(separator: "-")
    }

    /// The hash of what somebody typed, in any case, with or without spaces and hyphens; nil for what cannot be a code.
    static func hash(ofTyped typed: String) -> TokenHash? {
        let bytes = typed.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        guard bytes.count == length else { return nil }
        return TokenHash(stored: Array(SHA256.hash(data: Data(String(decoding: bytes, as: UTF8.self).uppercased().utf8))))
    }
}
