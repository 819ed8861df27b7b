/// Tells from a request's head whether it carries a credential or an identifier of another geo.
///
/// Every credential and every UUID that Portolan mints names its geo, so this needs no store: the router asks before a byte
/// is forwarded, and a node asks again. Values that no geo of the topology minted are nobody's and pass; the node answers
/// them as unknown.
public struct ResidencyRules: Sendable {
    /// Where in a request the foreign value stood. Never the value itself: this is logged and counted.
    public enum Place: String, Sendable, CaseIterable {
        case cookie, authorization, path, query
    }

    /// A value of another geo in a request.
    public struct Violation: Error, Hashable, Sendable {
        public let place: Place
        /// The geo that minted the value.
        public let origin: GeoID

        public init(place: Place, origin: GeoID) {
            self.place = place
            self.origin = origin
        }
    }

    private let topology: Topology

    public init(_ topology: Topology) { self.topology = topology }

    /// Looks at the target, the `Cookie` values and the `Authorization` values of a request for a geo.
    ///
    /// - Parameters:
    ///   - target: the request's path and query as they came, percent-encoded.
    ///   - cookies: each `Cookie` header field's value.
    ///   - authorizations: each `Authorization` header field's value.
    /// - Returns: the first violation, or nil.
    public func violation(
        target: String, cookies: some Sequence<String>, authorizations: some Sequence<String>, for geo: GeoID
    ) -> Violation? {
        for field in authorizations {
            if let origin = foreignOrigin(inFragmentsOf: field, separators: Self.authorizationSeparators, for: geo) {
                return Violation(place: .authorization, origin: origin)
            }
        }
        for field in cookies {
            if let origin = foreignOrigin(inFragmentsOf: field, separators: Self.cookieSeparators, for: geo) {
                return Violation(place: .cookie, origin: origin)
            }
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        if let path = parts.first, let origin = foreignOrigin(inFragmentsOf: path, separators: Self.pathSeparators, for: geo) {
            return Violation(place: .path, origin: origin)
        }
        if parts.count == 2, let origin = foreignOrigin(inFragmentsOf: parts[1], separators: Self.querySeparators, for: geo) {
            return Violation(place: .query, origin: origin)
        }
        return nil
    }

    /// The other geo that minted a value; nil for a value of this geo or of none.
    public func foreignOrigin(of value: some StringProtocol, for geo: GeoID) -> GeoID? {
        let origin = GeoUUID(value).flatMap { topology.geo($0.geo)?.id } ?? GeoCredential(value)?.geo
        guard let origin, origin != geo, topology.geo(origin) != nil else { return nil }
        return origin
    }

    private static let cookieSeparators: Set<UInt8> = Set("=;, \"".utf8)
    private static let authorizationSeparators: Set<UInt8> = Set(" ,;=\"\t".utf8)
    private static let pathSeparators: Set<UInt8> = Set("/;,".utf8)
    private static let querySeparators: Set<UInt8> = Set("&=;,[]".utf8)

    /// The shortest thing that can name a geo is a UUID; the longest credential is not much longer than 100 bytes.
    private static let shortestValue = 36

    private func foreignOrigin(inFragmentsOf text: some StringProtocol, separators: Set<UInt8>, for geo: GeoID) -> GeoID? {
        guard text.utf8.count >= Self.shortestValue else { return nil }
        let decoded = Self.percentDecoded(text.utf8)
        for fragment in decoded.split(whereSeparator: separators.contains) where fragment.count >= Self.shortestValue {
            if let origin = foreignOrigin(of: String(decoding: fragment, as: UTF8.self), for: geo) { return origin }
        }
        return nil
    }

    /// Decodes `%XX`, so that an encoded value is judged as a node would read it. Wrong escapes stay as they are.
    private static func percentDecoded(_ text: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = bytes[index + 1].hexadecimalValue, let low = bytes[index + 2].hexadecimalValue
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }
}
