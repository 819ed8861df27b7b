/// A secret string that says what it opens and in which geo: `ptla_eu_<43 characters of base64url>`.
///
/// The random part has 256 bits. The prefix is for the router, which refuses a credential at another geo's host, and for
/// scanners that look for leaked secrets. A store keeps only a credential's SHA-256 hash.
public struct GeoCredential: Hashable, Sendable {
    /// What a credential opens.
    public enum Kind: String, CaseIterable, Sendable {
        /// A developer's session at one portal, for minutes: the cookie `portalaccesstoken`.
        case portalAccess = "ptla"
        /// The right to a new access token, once: the cookie `portalrefreshtoken`.
        case portalRefresh = "ptlr"
        /// An admin's token for the management API of one geo.
        case admin = "ptladm"
        /// An admin's session in the console: the cookie `consolesession`.
        case consoleSession = "ptlc"
        /// After an admin's password, the right to show a second factor, for minutes.
        case consoleTicket = "ptlt"
    }

    /// The length of the random part: 32 bytes in base64url without padding (RFC 4648, section 5).
    public static let secretLength = 43

    public let kind: Kind
    public let geo: GeoID
    /// The whole credential, as the client holds it.
    public let value: String

    /// Mints a credential from 256 bits of the generator.
    public static func mint(_ kind: Kind, geo: GeoID, using random: inout some RandomNumberGenerator) -> GeoCredential {
        var bits: [UInt8] = []
        for _ in 0..<4 { withUnsafeBytes(of: random.next()) { bits.append(contentsOf: $0) } }
        return GeoCredential(kind: kind, geo: geo, value: "\(kind.rawValue)_\(geo)_\(base64URL(bits))")
    }

    private init(kind: Kind, geo: GeoID, value: String) {
        self.kind = kind
        self.geo = geo
        self.value = value
    }

    /// Reads a credential that a client shows.
    ///
    /// - Returns: nil for any string that this type did not mint the form of.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])), let geo = try? GeoID(String(parts[1])),
            parts[2].utf8.count == Self.secretLength, parts[2].utf8.allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.init(kind: kind, geo: geo, value: String(text))
    }

    /// The geo of a credential that begins at a place of a text; what follows it does not matter.
    static func origin(ofTextAt start: Int, of bytes: [UInt8]) -> GeoID? {
        let text = bytes[start...].prefix(longestPrefix + secretLength)
        guard text.starts(with: commonPrefix) else { return nil }
        let parts = text.split(separator: UInt8(ascii: "_"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, Kind(rawValue: String(decoding: parts[0], as: UTF8.self)) != nil,
            parts[2].count >= secretLength, parts[2].prefix(secretLength).allSatisfy(alphabet.contains)
        else { return nil }
        return try? GeoID(String(decoding: parts[1], as: UTF8.self))
    }

    /// What every kind begins with; most of a text is sorted out by it.
    private static let commonPrefix = Array("ptl".utf8)

    /// `ptladm_`, the longest geo id, and an underscore.
    private static let longestPrefix = 7 + GeoID.maximumLength + 1

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func base64URL(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var accumulator: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            accumulator = accumulator << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(accumulator >> bits & 0x3F)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(accumulator << (6 - bits) & 0x3F)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
