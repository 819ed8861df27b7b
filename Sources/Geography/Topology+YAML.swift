import ConfigurationFiles

extension Topology {
    /// Reads the text of a `topology.yaml`.
    ///
    /// ```yaml
    /// domain: example.com
    /// trust_domain: example.com
    /// public:
    ///   scheme: https
    /// geos:
    ///   - id: eu
    ///     number: 1
    ///     name: Europe
    ///     nodes:
    ///       - address: 10.1.0.5:9101
    ///         admin: 10.1.0.5:9102
    ///     custom_domains:
    ///       - host: developers.acme.example
    ///         portal: acme
    /// ```
    ///
    /// - Throws: `ConfigurationError` naming the key, the line, and what was expected.
    public init(yaml: String, named name: String) throws {
        let root = try ConfigurationFile(yaml: yaml, named: name).root
        let domain = try root.required("domain", expecting: "the domain below which all hosts stand, such as example.com") {
            try Hostname($0)
        }
        let trustDomain = try root.optional("trust_domain", expecting: "the trust domain of certificates, such as example.com") {
            try Hostname($0)
        }
        let publicOrigin = try PublicOrigin(reading: root.section("public"))
        var reader = GeoReader(domain: domain)
        for section in try root.sections("geos") { try reader.read(section) }
        try root.finish()
        guard !reader.geos.isEmpty else { throw root.missing("geos", expecting: "a list of at least one geo") }
        self.init(
            domain: domain, trustDomain: trustDomain, publicOrigin: publicOrigin, geos: reader.geos,
            customDomains: reader.customDomains)
    }
}

extension PublicOrigin {
    fileprivate init(reading section: ConfigurationSection) throws {
        let scheme = try section.choice("scheme", of: Scheme.self) ?? .https
        let port = try section.integer("port", in: 1...65535)
        try section.finish()
        self.init(scheme: scheme, port: port)
    }
}

/// Reads geos one after another and refuses what two of them claim.
private struct GeoReader {
    let domain: Hostname
    var geos: [Geo] = []
    var customDomains: [CustomDomain] = []
    private var owners: [String: GeoID] = [:]

    init(domain: Hostname) { self.domain = domain }

    mutating func read(_ section: ConfigurationSection) throws {
        let id = try section.required("id", expecting: "a geo id such as eu") { try GeoID($0) }
        let number = try section.required("number", expecting: "a geo number from 1 to 4095 that never changes") { text in
            try Int(text).map { try GeoNumber($0) }
        }
        let name = try section.string("name") ?? id.value
        let nodes = try section.sections("nodes").map(node)
        guard !nodes.isEmpty else { throw section.missing("nodes", expecting: "a list of at least one node") }
        let custom = try section.sections("custom_domains").map { try customDomain($0, geo: id) }
        try section.finish()

        try claim("the id \(id)", for: id, at: "id", of: section)
        try claim("the number \(number)", for: id, at: "number", of: section)
        for node in nodes {
            try claim("the address \(node.service)", for: id, at: "nodes", of: section)
            if let admin = node.admin { try claim("the address \(admin)", for: id, at: "nodes", of: section) }
        }
        for domain in custom { try claim("the host \(domain.host)", for: id, at: "custom_domains", of: section) }
        geos.append(Geo(id: id, number: number, name: name, nodes: nodes))
        customDomains += custom
    }

    private mutating func claim(_ thing: String, for geo: GeoID, at key: String, of section: ConfigurationSection) throws {
        // Host names are the same in either case; ids and numbers have no other.
        let claimed = thing.lowercased()
        if let owner = owners[claimed] { throw section.error(key, "\(thing) is taken already by the geo \(owner)") }
        owners[claimed] = geo
    }

    private func node(_ section: ConfigurationSection) throws -> NodeAddress {
        let expectation = "an address and port such as 10.1.0.5:9101"
        func parse(_ text: String) -> SocketEndpoint? {
            SocketEndpoint(text).flatMap { $0.port > 0 ? $0 : nil }
        }
        let service = try section.required("address", expecting: expectation, parse: parse)
        let admin = try section.optional("admin", expecting: expectation, parse: parse)
        try section.finish()
        return NodeAddress(service: service, admin: admin)
    }

    private func customDomain(_ section: ConfigurationSection, geo: GeoID) throws -> CustomDomain {
        let host = try section.required("host", expecting: "a host name") { try Hostname($0) }
        guard host != domain, !host.value.hasSuffix(".\(domain)") else {
            throw section.error(
                "host", "the custom domain \(host) stands below \(domain), whose hosts are given by their form")
        }
        let portal = try section.required("portal", expecting: "a portal's slug") { try PortalSlug($0) }
        try section.finish()
        return CustomDomain(host: host, geo: geo, portal: portal)
    }
}
