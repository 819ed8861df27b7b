import ConfigurationFiles
import Geography
import Testing

@Suite("The topology")
struct TopologyTests {
    static let whole = """
        domain: Example.com
        public:
          scheme: http
          port: 8080
        geos:
          - id: eu
            number: 1
            name: Europe
            nodes:
              - address: 10.1.0.5:9101
                admin: 10.1.0.5:9102
              - address: "[fd00::5]:9101"
            custom_domains:
              - host: Developers.ACME.example
                portal: acme
          - id: us
            number: 4095
            nodes:
              - address: node.us.internal:9101
        """

    @Test("a whole file says which geos there are and where they answer")
    func read() throws {
        let topology = try Topology(yaml: Self.whole, named: "topology.yaml")
        #expect(topology.domain.value == "example.com" && topology.geos.map(\.id.value) == ["eu", "us"])
        let eu = try #require(topology.geo(try GeoID("eu")))
        #expect(eu.name == "Europe" && eu.number.value == 1)
        #expect(eu.nodes.map(\.service.description) == ["10.1.0.5:9101", "[fd00::5]:9101"])
        #expect(eu.nodes.map(\.admin?.description) == ["10.1.0.5:9102", nil])
        let us = try #require(topology.geo(try GeoNumber(4095)))
        #expect(us.id.value == "us" && us.name == "us" && us.nodes[0].service.host == "node.us.internal")
        #expect(try topology.geo(GeoID("au")) == nil && topology.geo(GeoNumber(2)) == nil)
    }

    @Test("hosts and links follow from the topology alone")
    func links() throws {
        let topology = try Topology(yaml: Self.whole, named: "topology.yaml")
        let (acme, eu, us) = (try PortalSlug("acme"), try GeoID("eu"), try GeoID("us"))
        #expect(topology.portalHost(acme, in: eu) == "acme.eu.portal.example.com")
        #expect(topology.canonicalPortalHost(acme, in: eu) == "developers.acme.example")
        #expect(topology.canonicalPortalHost(acme, in: us) == "acme.us.portal.example.com")
        #expect(
            topology.managementHost(of: us) == "us.api.example.com" && topology.consoleHost(of: us) == "us.console.example.com")
        #expect(topology.chooserHost == "portal.example.com")
        #expect(topology.origin(of: "a.example") == "http://a.example:8080")
    }

    @Test(
        "a port stands in links only where it is not the scheme's own",
        arguments: [
            ("", "https://a"), ("public: {scheme: https, port: 443}", "https://a"), ("public: {scheme: http}", "http://a"),
            ("public: {scheme: http, port: 443}", "http://a:443"), ("public: {port: 8443}", "https://a:8443"),
        ])
    func origin(lines: String, origin: String) throws {
        let yaml = "domain: example.com\n\(lines)\ngeos: [{id: eu, number: 1, nodes: [{address: \"a:1\"}]}]"
        #expect(try Topology(yaml: yaml, named: "topology.yaml").origin(of: "a") == origin)
    }

    @Test(
        "a wrong file is refused with line, key, expectation and finding",
        arguments: [
            ("domain: Example.com", "domain: exa_mple.com", ":1: domain: expected a host name such as"),
            ("domain: Example.com", "", "domain: this key is required: expected the domain below which all hosts stand"),
            ("  scheme: http", "  scheme: ftp", ":3: public.scheme: expected one of http, https, found \"ftp\""),
            ("  port: 8080", "  port: 0", ":4: public.port: expected a whole number from 1 to 65535, found \"0\""),
            ("  port: 8080", "  host: a", ":4: public.host: there is no such key; the keys here are port, scheme"),
            ("  - id: eu", "  - id: EU", ":6: geos[0].id: expected a geo id (1 to 31 lower-case"),
            ("    number: 1\n", "", "geos[0].number: this key is required: expected a geo number from 1 to 4095"),
            ("    number: 1\n", "    number: 0\n", ":7: geos[0].number: expected a geo number from 1 to 4095, found 0"),
            ("    number: 1\n", "    number: 4096\n", ":7: geos[0].number: expected a geo number from 1 to 4095, found 4096"),
            ("    number: 1\n", "    number: one\n", ":7: geos[0].number: expected a geo number from 1 to 4095 that never"),
            ("    number: 4095", "    number: 1", ":17: geos[1].number: the number 1 is taken already by the geo eu"),
            ("  - id: us", "  - id: eu", ":16: geos[1].id: the id eu is taken already by the geo eu"),
            (
                "address: 10.1.0.5:9101", "address: 10.1.0.5",
                ":10: geos[0].nodes[0].address: expected an address and port such as"
            ),
            ("address: 10.1.0.5:9101", "address: 10.1.0.5:0", "found \"10.1.0.5:0\""),
            ("address: 10.1.0.5:9101", "address: http://10.1.0.5:9101", "found \"http://10.1.0.5:9101\""),
            ("address: 10.1.0.5:9101", "address: 10.1.0.5/x:9101", "found \"10.1.0.5/x:9101\""),
            ("address: 10.1.0.5:9101", "address: root@10.1.0.5:9101", "found \"root@10.1.0.5:9101\""),
            ("address: 10.1.0.5:9101", "address: \"fd00::5:9101\"", "found \"fd00::5:9101\""),
            ("address: 10.1.0.5:9101", "address: 10.1.0.5:99999", "found \"10.1.0.5:99999\""),
            ("address: 10.1.0.5:9101", "port: 1", "geos[0].nodes[0].address: this key is required"),
            ("admin: 10.1.0.5:9102", "admin: nowhere", ":11: geos[0].nodes[0].admin: expected an address and port"),
            ("admin: 10.1.0.5:9102", "admin: 10.1.0.5:9101", "the address 10.1.0.5:9101 is taken already by the geo eu"),
            ("node.us.internal:9101", "10.1.0.5:9101", ":19: geos[1].nodes: the address 10.1.0.5:9101 is taken already"),
            (
                "host: Developers.ACME.example", "host: \"*.acme.example\"",
                ":14: geos[0].custom_domains[0].host: expected a host name"
            ),
            ("portal: acme", "portal: Acme", ":15: geos[0].custom_domains[0].portal: expected a portal slug"),
            ("portal: acme", "slug: acme", "geos[0].custom_domains[0].portal: this key is required"),
            (
                "host: Developers.ACME.example", "host: x.Example.COM",
                ":14: geos[0].custom_domains[0].host: the custom domain x.example.com"
            ),
            (
                "host: Developers.ACME.example", "host: example.com.",
                "geos[0].custom_domains[0].host: the custom domain example.com"
            ),
            (
                "name: Europe", "nickname: Europe",
                ":8: geos[0].nickname: there is no such key; the keys here are custom_domains, id"
            ),
            ("domain: Example.com", "domain: example.com\ndomain: example.org", "the key domain stands here more than once"),
            ("    nodes:\n      - address: node.us.internal:9101", "    nodes: []", "geos[1].nodes: this key is required"),
        ])
    func wrong(right: String, wrong: String, message: String) throws {
        try #require(Self.whole.contains(right))
        let yaml = Self.whole.replacing(right, with: wrong, maxReplacements: 1)
        let error = #expect(throws: ConfigurationError.self) { try Topology(yaml: yaml, named: "topology.yaml") }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("topology.yaml:"))
        #expect(text.contains(message), "\(text)")
    }

    @Test("a custom host belongs to one portal, whichever geos claim it and however they write it")
    func claimedTwice() {
        let yaml = Self.whole + "\n    custom_domains: [{host: developers.acme.example., portal: other}]"
        let error = #expect(throws: ConfigurationError.self) { try Topology(yaml: yaml, named: "topology.yaml") }
        #expect(
            error?.description
                == "topology.yaml:20: geos[1].custom_domains: the host developers.acme.example is taken already by the geo eu")
    }

    @Test("two geos may not share a node, however its address is written")
    func sharedNode() {
        let yaml = Self.whole.replacing("10.1.0.5:9101", with: "NODE.us.internal:09101", maxReplacements: 1)
        #expect(throws: ConfigurationError.self) { try Topology(yaml: yaml, named: "topology.yaml") }
    }

    @Test("a topology has at least one geo", arguments: ["domain: example.com", "domain: example.com\ngeos: []"])
    func noGeo(yaml: String) {
        let error = #expect(throws: ConfigurationError.self) { try Topology(yaml: yaml, named: "topology.yaml") }
        #expect(error?.key == "geos" && error?.reason.contains("at least one geo") == true)
    }

    @Test("no variable of the environment changes what all processes share")
    func environment() throws {
        let topology = try Topology(yaml: Self.whole, named: "topology.yaml")
        #expect(try topology == Topology(yaml: Self.whole, named: "other.yaml"))
    }
}
