import HTTPTypes
import Testing

@Suite("residency row 1: a node serves the hosts of its geo and no other")
struct NodeHostTests {
    @Test(
        "its own hosts, in any case, with a port or a trailing dot",
        arguments: [
            "acme.eu.portal.example.com", "ACME.EU.Portal.Example.COM", "acme.eu.portal.example.com.",
            "acme.eu.portal.example.com:8443", "acme.eu.portal.example.com.:80", "acme.eu.portal.example.com:",
        ])
    func own(host: String) async throws {
        try await TestNode.with { node in
            let answer = try await node.send(.get, "/login", host: host)
            #expect(answer.status == 200)
        }
    }

    @Test(
        "every other one is misdirected: another geo's, one of none, an address, a name in other letters",
        arguments: [
            "acme.us.portal.example.com", "ACME.US.portal.example.com.:443", "us.api.example.com", "us.console.example.com",
            "portal.example.com", "example.com", "localhost", "acme.xx.portal.example.com", "127.0.0.1", "127.0.0.1:9101",
            "[::1]", "[::1]:9101", "[fe80::1%25eth0]", "0x7f.1", "2130706433", "acme.eu.portal.example.com..",
            ".acme.eu.portal.example.com", "acme.eu.portal.example.com:99999", "acme.eu.portal.example.com.evil.example",
            "xn--acme-eu.portal.example.com", "b\u{FC}cher.eu.portal.example.com", "\u{FF41}cme.eu.portal.example.com",
            "acme\u{3002}eu.portal.example.com", "user@acme.eu.portal.example.com", "",
        ])
    func others(host: String) async throws {
        try await TestNode.with { node in
            for path in ["/", "/login", "/api/v3/portal", "/v3/portals"] {
                let answer = try await node.send(.get, path, host: host)
                #expect(answer.status == 421, "\(path)")
            }
        }
    }

    @Test("no host at all is misdirected too")
    func none() async throws {
        try await TestNode.with { node in
            let answer = try await node.send(.get, "/login", host: nil)
            #expect(answer.status == 421)
        }
    }
}
