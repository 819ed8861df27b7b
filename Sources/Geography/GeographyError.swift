/// What can be wrong with a name, a number or an identifier of this module.
public enum GeographyError: Error, Equatable, Sendable, CustomStringConvertible {
    case invalidGeoID(String)
    case invalidGeoNumber(Int)
    case invalidHostname(String)
    case invalidPortalSlug(String)

    public var description: String {
        switch self {
        case .invalidGeoID(let found):
            "expected a geo id (1 to \(GeoID.maximumLength) lower-case letters, digits and hyphens, a letter first), found \"\(found)\""
        case .invalidGeoNumber(let found):
            "expected a geo number from \(GeoNumber.range.lowerBound) to \(GeoNumber.range.upperBound), found \(found)"
        case .invalidHostname(let found):
            "expected a host name such as portal.example.com (RFC 1123; international names in their xn-- form), found \"\(found)\""
        case .invalidPortalSlug(let found):
            "expected a portal slug (1 to \(PortalSlug.maximumLength) lower-case letters, digits and single hyphens, neither first nor last), found \"\(found)\""
        }
    }
}
