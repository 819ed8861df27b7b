/// The name of a portal inside its geo, as it stands in the portal's host name: `acme` in `acme.eu.portal.example.com`.
///
/// One DNS label in lower case, without the hyphens in third and fourth place that IDNA reserves (RFC 5891, section 4.2.3.1).
public struct PortalSlug: Hashable, Sendable, CustomStringConvertible {
    /// The longest DNS label (RFC 1035, section 2.3.4).
    public static let maximumLength = 63

    public let value: String

    /// - Throws: ``GeographyError/invalidPortalSlug(_:)`` when it is not one lower-case DNS label.
    public init(_ value: String) throws(GeographyError) {
        let bytes = Array(value.utf8)
        guard (1...Self.maximumLength).contains(bytes.count),
            bytes.first != .hyphen, bytes.last != .hyphen,
            bytes.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == .hyphen }),
            !value.contains("--")
        else { throw .invalidPortalSlug(value) }
        self.value = value
    }

    /// The slug that a portal's name suggests: ASCII letters and digits in lower case, everything between them one hyphen.
    ///
    /// - Returns: nil when the name holds no ASCII letter or digit.
    public init?(suggestedBy name: String) {
        var label: [UInt8] = []
        for byte in name.utf8.map(\.lowercased) {
            if byte.isLowercaseLetter || byte.isDigit {
                label.append(byte)
            } else if let last = label.last, last != .hyphen {
                label.append(.hyphen)
            }
        }
        label = Array(label.prefix(Self.maximumLength))
        while label.last == .hyphen { label.removeLast() }
        guard let slug = try? PortalSlug(String(decoding: label, as: UTF8.self)) else { return nil }
        self = slug
    }

    public var description: String { value }
}
