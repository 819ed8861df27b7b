import Geography

/// Tells whether a node's answer would reach into another geo: the residency rules for responses.
struct ResponseRules: Sendable {
    /// What in an answer reached too far.
    enum Violation: String, Error, CaseIterable {
        /// A cookie for more hosts than the one that set it.
        case cookieDomain = "set_cookie"
        /// A redirect to another geo's host.
        case redirect = "location"
        /// A permission for pages of another geo's host to read the answer.
        case crossOrigin = "allow_origin"
    }

    private let hosts: HostTable

    init(_ topology: Topology) { hosts = HostTable(topology) }

    func violation(in head: ResponseHead, of geo: GeoID) -> Violation? {
        for field in head.fields {
            switch field.kind {
            case .setCookie: if Self.hasDomain(head.text(field.value)) { return .cookieDomain }
            case .location: if namesOtherGeo(head.text(field.value), than: geo) { return .redirect }
            case .allowOrigin: if namesOtherGeo(head.text(field.value), than: geo) { return .crossOrigin }
            default: break
            }
        }
        return nil
    }

    /// Whether a cookie has a `Domain` attribute (RFC 6265, section 5.2.3); one that is empty is ignored by browsers.
    static func hasDomain(_ cookie: String) -> Bool {
        cookie.split(separator: ";", omittingEmptySubsequences: false).dropFirst().contains { attribute in
            let parts = attribute.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts[0].trimmingBlanks().lowercased() == "domain"
        }
    }

    /// Whether an address leads to a host of another geo. Relative addresses stay where they are.
    private func namesOtherGeo(_ address: String, than geo: GeoID) -> Bool {
        guard let authority = Self.authority(of: address), let host = try? Hostname(authority: authority),
            let other = hosts.destination(of: host)?.geo
        else { return false }
        return other != geo
    }

    /// The host and port of an absolute or scheme-relative address, read as browsers do: a backslash is a slash, and
    /// any number of slashes may follow an http scheme (WHATWG URL, section 4.4).
    static func authority(of address: String) -> String? {
        var rest = Substring(address.replacing("\\", with: "/").trimmingBlanks())
        if let colon = rest.firstIndex(of: ":"), rest[..<colon].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            rest = rest[rest.index(after: colon)...]
        } else if !rest.hasPrefix("//") {
            return nil
        }
        let authority = rest.drop { $0 == "/" }.prefix { !"/?#".contains($0) }
        let hostAndPort = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return hostAndPort.isEmpty ? nil : String(hostAndPort)
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
