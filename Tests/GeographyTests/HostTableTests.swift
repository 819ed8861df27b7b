import Geography
import Testing

@Suite("residency row 1: a host leads to the geo that the topology says, or nowhere")
struct HostTableTests {
    static let yaml = """
        domain: example.com
        geos:
          - id: eu
            number: 1
            nodes: [{address: "127.0.0.1:9101"}]
            custom_domains: [{host: developers.acme.example, portal: acme}]
          - id: us
            number: 2
            nodes: [{address: "127.0.0.1:9102"}]
        """

    @Test(
        "a host leads to the geo that its name says, whatever its case, port or trailing dot",
        arguments: [
            ("acme.eu.portal.example.com", "eu"), ("ACME.EU.Portal.Example.Com:8443", "eu"),
            ("acme.us.portal.example.com.", "us"),
            ("us.api.example.com", "us"), ("eu.console.example.com", "eu"), ("developers.acme.example", "eu"),
        ])
    func known(authority: String, geo: String) throws {
        let table = HostTable(try Topology(yaml: Self.yaml, named: "topology.yaml"))
        #expect(try table.destination(of: Hostname(authority: authority))?.geo == GeoID(geo))
    }

    @Test(
        "a host that the topology does not know leads nowhere",
        arguments: [
            "acme.au.portal.example.com", "example.com", "eu.api.example.com.evil.example", "a.b.eu.portal.example.com",
            "eu.portal.example.com",
        ])
    func unknown(authority: String) throws {
        let table = HostTable(try Topology(yaml: Self.yaml, named: "topology.yaml"))
        #expect(try table.destination(of: Hostname(authority: authority)) == nil)
    }

    @Test(
        "what is no host name is refused",
        arguments: [
            "", "127.0.0.1", "[::1]:80", "user@acme.eu.portal.example.com", "acme..example.com", "-acme.example.com",
            "acme.example.com:99999",
            "bücher.example.com", "acme example.com", "acme.example.com:80:80",
        ])
    func malformed(authority: String) {
        #expect(throws: GeographyError.self) { try Hostname(authority: authority) }
    }
}
