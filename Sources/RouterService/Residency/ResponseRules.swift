import Geography

/// Tells whether a node's answer would reach into another geo: the residency rules for one geo's responses.
final class ResponseRules: Sendable {
    /// What in an answer reached too far.
    enum Violation: String, Error, CaseIterable {
        /// A cookie for more hosts than the one that set it.
        case cookieDomain = "set_cookie"
        /// A redirect to another geo's host, or to a host that cannot be read.
        case redirect = "location"
        /// A name of the answer's content at another geo's host.
        case contentLocation = "content_location"
        /// A link to another geo's host, which browsers may follow by themselves.
        case link
        /// A permission for pages of another geo's host to read the answer.
        case crossOrigin = "allow_origin"
    }

    private let hosts: HostTable
    private let geo: GeoID

    init(_ hosts: HostTable, geo: GeoID) {
        self.hosts = hosts
        self.geo = geo
    }

    func violation(in head: ResponseHead) -> Violation? {
        for field in head.fields {
            switch field.kind {
            case .setCookie: if Self.hasDomain(head.text(field.value)) { return .cookieDomain }
            case .location: if leadsAway(head.text(field.value)) { return .redirect }
            case .contentLocation: if leadsAway(head.text(field.value)) { return .contentLocation }
            case .link: if Self.linkTargets(head.text(field.value)).contains(where: leadsAway) { return .link }
            case .refresh:
                if let address = Self.refreshAddress(head.text(field.value)), leadsAway(address) { return .redirect }
            case .allowOrigin: if leadsAway(head.text(field.value)) { return .crossOrigin }
            default: break
            }
        }
        return nil
    }

    /// Whether a cookie has a `Domain` attribute (RFC 6265, section 5.2.3); one that is empty is ignored by browsers.
    static func hasDomain(_ cookie: String) -> Bool {
        // By bytes, as browsers read it: in a Swift string a mark that combines with a semicolon would hide it.
        cookie.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).dropFirst().contains { attribute in
            let name = attribute.prefix { $0 != UInt8(ascii: "=") }
            return String(decoding: name, as: UTF8.self).trimmingBlanks().lowercased() == "domain"
        }
    }

    /// The addresses in a `Link` field: what stands in angle brackets (RFC 8288, section 3).
    static func linkTargets(_ value: String) -> [String] {
        value.split(separator: "<").dropFirst(value.hasPrefix("<") ? 0 : 1).map { part in
            String(part.prefix { $0 != ">" })
        }
    }

    /// The address in a `Refresh` field: what stands behind the seconds, with or without `url=` and quotes.
    static func refreshAddress(_ value: String) -> String? {
        guard let mark = value.firstIndex(where: { ";, ".contains($0) }) else { return nil }
        var rest = value[mark...].drop { ";, \t".contains($0) }
        if rest.prefix(3).lowercased() == "url" {
            let behind = rest.dropFirst(3).drop { " \t".contains($0) }
            if behind.first == "=" { rest = behind.dropFirst() }
        }
        return String(rest.drop { " \t\"'".contains($0) })
    }

    /// Whether an address leads to a host of another geo, or to something of which that cannot be told. Relative addresses stay
    /// where they are.
    private func leadsAway(_ address: String) -> Bool {
        // An address is ASCII (RFC 3986); of other characters browsers leave out some and turn some into dots and letters.
        guard address.utf8.allSatisfy({ $0 < 0x80 }) else { return true }
        guard let authority = Self.authority(of: address) else { return false }
        guard let host = try? Hostname(authority: authority) else { return !Self.isAddressLiteral(authority) }
        guard let other = hosts.destination(of: host)?.geo else { return false }
        return other != geo
    }

    /// The host and port of an absolute or scheme-relative address, read as browsers do: tabs are not there, a backslash is a
    /// slash, and any number of slashes may follow an http scheme (WHATWG URL, section 4.4).
    static func authority(of address: String) -> String? {
        var rest = Substring(address.replacing("\t", with: "").replacing("\\", with: "/").trimmingBlanks())
        if let colon = rest.firstIndex(of: ":"), isScheme(rest[..<colon]) {
            guard ["http", "https"].contains(rest[..<colon].lowercased()) else { return nil }
            rest = rest[rest.index(after: colon)...]
        } else if !rest.hasPrefix("//") {
            return nil
        }
        let authority = rest.drop { $0 == "/" }.prefix { !"/?#".contains($0) }
        let hostAndPort = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return hostAndPort.isEmpty ? nil : String(hostAndPort)
    }

    private static func isScheme(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { HeadScanner.isTokenByte($0) }
    }

    /// Whether a host is written as an IP address: digits and dots, or an IPv6 address in brackets. It names no geo.
    private static func isAddressLiteral(_ authority: String) -> Bool {
        authority.hasPrefix("[") || authority.utf8.allSatisfy { "0123456789.:".utf8.contains($0) }
    }
}

extension StringProtocol {
    /// This text without the spaces and tabs around it.
    func trimmingBlanks() -> String {
        let start = self.drop { $0 == " " || $0 == "\t" }
        let end = start.reversed().drop { $0 == " " || $0 == "\t" }
        return String(String(end).reversed())
    }
}
