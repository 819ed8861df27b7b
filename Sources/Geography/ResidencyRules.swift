/// Tells from a request's head whether it carries a credential or an identifier of another geo.
///
/// Every credential and every UUID that Portolan mints names its geo, so this needs no store: the router asks before a byte
/// is forwarded, and a node asks again. Values that no geo of the topology minted are nobody's and pass; the node answers
/// them as unknown.
///
/// A value is found wherever it stands in a text, whatever is around it: no quotes, no separators and no words before or after
/// it hide it. Percent-encoding is undone once, as a node undoes it, and so is the base64 of `Authorization: Basic`.
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
            if let origin = foreignOrigin(in: field.utf8[...], for: geo) ?? foreignOrigin(inBasic: field, for: geo) {
                return Violation(place: .authorization, origin: origin)
            }
        }
        for field in cookies {
            if let origin = foreignOrigin(in: field.utf8[...], for: geo) { return Violation(place: .cookie, origin: origin) }
        }
        let end = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.utf8.endIndex
        if let origin = foreignOrigin(in: target.utf8[..<end], for: geo) { return Violation(place: .path, origin: origin) }
        if let origin = foreignOrigin(in: target.utf8[end...], for: geo) { return Violation(place: .query, origin: origin) }
        return nil
    }

    /// The other geo that minted a value; nil for a value of this geo or of none.
    public func foreignOrigin(of value: some StringProtocol, for geo: GeoID) -> GeoID? {
        let origin = GeoUUID(value).flatMap { topology.geo($0.geo)?.id } ?? GeoCredential(value)?.geo
        return foreign(origin, for: geo)
    }

    /// The shortest thing that can name a geo is a UUID.
    private static let shortestValue = GeoUUID.textLength

    private func foreignOrigin(in text: Substring.UTF8View, for geo: GeoID) -> GeoID? {
        guard text.count >= Self.shortestValue else { return nil }
        let bytes = Array(text)
        if let origin = foreignOrigin(in: bytes, for: geo) { return origin }
        guard bytes.contains(UInt8(ascii: "%")) else { return nil }
        return foreignOrigin(in: Self.percentDecoded(bytes), for: geo)
    }

    /// What a client makes of a token that it was given as a user name or a password (RFC 7617).
    private func foreignOrigin(inBasic field: String, for geo: GeoID) -> GeoID? {
        let parts = field.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard parts.count == 2, parts[0].map(\.lowercased) == Array("basic".utf8) else { return nil }
        return foreignOrigin(in: Base64.decoded(parts[1]), for: geo)
    }

    private func foreignOrigin(in bytes: [UInt8], for geo: GeoID) -> GeoID? {
        for (index, byte) in bytes.enumerated() {
            let origin: GeoID? =
                switch byte {
                case .hyphen: GeoUUID(aroundFirstHyphen: index, of: bytes).flatMap { topology.geo($0.geo)?.id }
                case UInt8(ascii: "p"): GeoCredential.origin(ofTextAt: index, of: bytes)
                default: nil
                }
            if let origin = foreign(origin, for: geo) { return origin }
        }
        return nil
    }

    private func foreign(_ origin: GeoID?, for geo: GeoID) -> GeoID? {
        guard let origin, origin != geo, topology.geo(origin) != nil else { return nil }
        return origin
    }

    /// Decodes `%XX`, so that an encoded value is judged as a node would read it. Wrong escapes stay as they are.
    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
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
