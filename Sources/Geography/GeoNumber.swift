/// The number of a geo, 1 to 4095, that stands in every UUID minted there and never changes.
///
/// Twelve bits, the width of the `custom_b` field of a UUIDv8 (RFC 9562, section 5.8). Zero is not a geo.
public struct GeoNumber: Hashable, Sendable, CustomStringConvertible {
    /// The numbers that a topology may give out.
    public static let range = 1...4095

    public let value: UInt16

    /// - Throws: ``GeographyError/invalidGeoNumber(_:)`` outside of ``range``.
    public init(_ value: Int) throws(GeographyError) {
        guard Self.range.contains(value) else { throw .invalidGeoNumber(value) }
        self.value = UInt16(value)
    }

    /// Takes a number that was checked when its UUID was read or minted.
    init(unchecked value: UInt16) { self.value = value }

    public var description: String { String(value) }
}
