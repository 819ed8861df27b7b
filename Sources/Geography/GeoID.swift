/// The name of a geo: a geographic region that owns one node's store, mail and registration flow.
///
/// A geo id is one DNS label, because it stands in host names (`acme.eu.portal.example.com`) and in the readable
/// prefix of every credential. It is lower-case ASCII, starts with a letter, and has 1 to 31 letters, digits and hyphens.
public struct GeoID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The most characters a geo id may have.
    public static let maximumLength = 31

    public let value: String

    /// Takes a geo id as it is written in `topology.yaml`.
    ///
    /// - Throws: ``GeographyError/invalidGeoID(_:)`` when it is not one lower-case DNS label of at most 31 characters.
    public init(_ value: String) throws(GeographyError) {
        let bytes = Array(value.utf8)
        guard (1...Self.maximumLength).contains(bytes.count),
            let first = bytes.first, first.isLowercaseLetter,
            let last = bytes.last, last != .hyphen,
            bytes.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == .hyphen })
        else { throw .invalidGeoID(value) }
        self.value = value
    }

    public var description: String { value }

    public static func < (lhs: GeoID, rhs: GeoID) -> Bool { lhs.value < rhs.value }
}
