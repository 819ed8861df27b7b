import Geography

/// A topology of geos whose nodes listen where a test says: `eu` is 1, `us` is 2, `au` is 3.
enum TestTopology {
    static let numbers = ["eu": 1, "us": 2, "au": 3]

    static func make(_ geos: [(id: String, nodes: [SocketEndpoint])]) throws -> Topology {
        let list = geos.map { geo in
            """
              - id: \(geo.id)
                number: \(numbers[geo.id] ?? 99)
                name: Region \(geo.id)
                nodes: [\(geo.nodes.map { "{address: \"\($0)\"}" }.joined(separator: ", "))]
                custom_domains: [{host: developers.\(geo.id)-company.example, portal: acme}]
            """
        }
        let yaml = "domain: example.com\ngeos:\n" + list.joined(separator: "\n") + "\n"
        return try Topology(yaml: yaml, named: "topology.yaml")
    }

    static func number(_ geo: String) throws -> GeoNumber { try GeoNumber(numbers[geo] ?? 99) }

    static func uuid(_ geo: String) throws -> String {
        var random = SystemRandomNumberGenerator()
        return try GeoUUID.oneTimeToken(geo: number(geo), using: &random).description
    }

    static func entity(_ geo: String) throws -> String {
        var random = SystemRandomNumberGenerator()
        return try GeoUUID.entity(geo: number(geo), milliseconds: 1_790_000_000_000, using: &random).description
    }

    static func credential(_ kind: GeoCredential.Kind, _ geo: String) throws -> String {
        var random = SystemRandomNumberGenerator()
        return try GeoCredential.mint(kind, geo: GeoID(geo), using: &random).value
    }
}
