import Crypto
import Foundation

/// Time-based one-time codes as authenticator apps show them (RFC 6238): HMAC-SHA-1, steps of 30 seconds, 6 digits.
struct TimeBasedCode {
    static let stepSeconds: Int64 = 30
    static let digits = 6
    /// 160 bits, the length that RFC 4226, section 4 recommends.
    static let secretLength = 20

    let secret: [UInt8]

    static func step(at now: Timestamp) -> Int64 { now.milliseconds / (stepSeconds * 1000) }

    /// The code of one step (RFC 4226, section 5.3).
    func code(at step: Int64) -> String {
        let message = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let digest = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(digest[digest.count - 1] & 0xF)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The step whose code this is: the present one, the one before, or the next, and later than the last that was used.
    ///
    /// - Returns: nil for a wrong code and for one that was used.
    func step(of typed: String, at now: Timestamp, after last: Int64) -> Int64? {
        let present = Self.step(at: now)
        return (present - 1...present + 1).first { step in step > last && Self.areEqual(code(at: step), typed) }
    }

    /// In a time that does not tell where they differ.
    private static func areEqual(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        return zip(one.utf8, other.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
