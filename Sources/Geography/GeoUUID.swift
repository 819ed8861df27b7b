/// A UUID that says which geo minted it: version 8 of RFC 9562 with the geo's number in its `custom_b` bits.
///
/// ```
/// bits   0–47  custom_a   milliseconds since 1970 (entities) or random (one-time tokens)
/// bits  48–51  version    8
/// bits  52–63  custom_b   the geo's number, 1…4095
/// bits  64–65  variant    10
/// bits  66–127 custom_c   random
/// ```
///
/// Entities sort by the time they were made. One-time tokens hold 110 random bits and no time.
public struct GeoUUID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The sixteen bytes as two big-endian halves.
    public let high: UInt64
    public let low: UInt64

    private static let version: UInt64 = 8
    private static let variant: UInt64 = 0b10

    private init(custom high48: UInt64, geo: GeoNumber, random: UInt64) {
        high = (high48 << 16) | (Self.version << 12) | UInt64(geo.value)
        low = (Self.variant << 62) | (random & (1 << 62 - 1))
    }

    /// Mints the id of an entity: its time in milliseconds since 1970, its geo, and 62 random bits.
    public static func entity(
        geo: GeoNumber, milliseconds: UInt64, using random: inout some RandomNumberGenerator
    ) -> GeoUUID {
        GeoUUID(custom: milliseconds & 0xFFFF_FFFF_FFFF, geo: geo, random: random.next())
    }

    /// Mints a one-time token: its geo and 110 random bits, never a time.
    public static func oneTimeToken(geo: GeoNumber, using random: inout some RandomNumberGenerator) -> GeoUUID {
        GeoUUID(custom: random.next() & 0xFFFF_FFFF_FFFF, geo: geo, random: random.next())
    }

    /// Reads the 36 characters of a UUID's text form, in either case.
    ///
    /// - Returns: nil for anything that is not a UUIDv8 with a geo's number in it.
    public init?(_ text: some StringProtocol) {
        guard let halves = Self.halves(of: text.utf8) else { return nil }
        self.init(high: halves.high, low: halves.low)
    }

    /// The length of the text form.
    static let textLength = 36

    /// Reads the text form around a hyphen that would be its first; nil where none stands there.
    init?(aroundFirstHyphen hyphen: Int, of bytes: [UInt8]) {
        let start = hyphen - 8
        guard start >= 0, bytes.count - start >= Self.textLength, bytes[hyphen + 5] == .hyphen,
            let halves = Self.halves(of: bytes[start..<start + Self.textLength])
        else { return nil }
        self.init(high: halves.high, low: halves.low)
    }

    /// Takes the two halves as a store keeps them.
    public init?(high: UInt64, low: UInt64) {
        guard (high >> 12) & 0xF == Self.version, low >> 62 == Self.variant, high & 0xFFF != 0 else { return nil }
        self.high = high
        self.low = low
    }

    /// The sixteen bytes, most significant first.
    public var bytes: [UInt8] {
        (0..<16).map { index in
            let half = index < 8 ? high : low
            return UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64(index % 8)))
        }
    }

    /// The number of the geo that minted it.
    public var geo: GeoNumber { GeoNumber(unchecked: UInt16(truncatingIfNeeded: high & 0xFFF)) }

    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(.hyphen) }
            text.append(Self.digits[Int(byte >> 4)])
            text.append(Self.digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    public static func < (lhs: GeoUUID, rhs: GeoUUID) -> Bool { (lhs.high, lhs.low) < (rhs.high, rhs.low) }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Whether the text has the form of a UUID of any version: eight, four, four, four and twelve hexadecimal digits.
    public static func isUUID(_ text: some StringProtocol) -> Bool { halves(of: text.utf8) != nil }

    private static func halves(of text: some Collection<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard text.count == textLength else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for (index, byte) in text.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == .hyphen else { return nil }
                continue
            }
            guard let digit = byte.hexadecimalValue else { return nil }
            if digits < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
            digits += 1
        }
        return (high, low)
    }
}
