import Foundation
import Testing

@Suite("residency row 1: each shape of a host, at the router and at a node", .timeLimit(.minutes(5)))
struct HostShapeTests {
    /// A host of eu's portal in other forms; `PORT` stands for the router's port.
    private static let own = [
        "acme.eu.portal.localhost", "acme.eu.portal.localhost:PORT", "ACME.Eu.Portal.LocalHost", "acme.eu.portal.localhost.",
        "acme.eu.portal.localhost.:443", "acme.eu.portal.localhost:",
    ]
    private static let nobodys = [
        "localhost", "example.com", "acme.xx.portal.localhost", "eu.portal.localhost", "a.acme.eu.portal.localhost",
        "acme.eu.portal.localhost.evil.example", "acme.eu.portal.localhost..", "acme.eu.portal.localhost:99999", "127.0.0.1",
        "127.0.0.1:PORT", "[::1]", "[::1]:PORT", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "xn--acme-5t9.localhost",
        "xn--acme.eu.portal.localhost",
    ]
    /// Bytes that stand in no host name: the router reads no host in them, a node no host of its own.
    private static let malformed = [
        "b\u{FC}cher.eu.portal.localhost", "\u{FF41}cme.eu.portal.localhost", "acme\u{3002}eu.portal.localhost",
        "user@acme.eu.portal.localhost", "acme.eu.portal.localhost/", "acme.eu.portal.localhost, acme.us.portal.localhost",
    ]

    @Test("leads to its own geo or nowhere")
    func shapes() async throws {
        try await RunningCluster.with(["--geos", "eu,us", "--plain-inside"]) { cluster in
            let router = cluster.description.router.address
            let (eu, us) = (try cluster.geo("eu").node.address, try cluster.geo("us").node.address)
            for host in Self.own {
                #expect(try await status(of: host, at: router) == 200, "\(host)")
                #expect(try await status(of: host, at: eu) == 200, "\(host)")
                #expect(try await status(of: host, at: us) == 421, "\(host)")
            }
            for host in Self.nobodys {
                for place in [router, eu, us] { #expect(try await status(of: host, at: place) == 421, "\(host)") }
            }
            for host in Self.malformed {
                #expect(try await status(of: host, at: router) == 400, "\(host)")
                // A node's HTTP library refuses some of them before the node is asked.
                for node in [eu, us] { #expect([400, 421].contains(try await status(of: host, at: node)), "\(host)") }
            }
            // What was refused came to no node: both still serve, and neither has had a request of the other.
            #expect(try await cluster.portal("eu").get("/login").status == 200)
            #expect(try await cluster.portal("us").get("/login").status == 200)
        }
    }

    /// The status of an answer to a request that a client wrote by hand.
    private func status(of host: String, at address: String) async throws -> Int {
        let port = String(try #require(address.split(separator: ":").last))
        let connection = try RawConnection(address)
        try connection.write(
            "GET /login HTTP/1.1\r\nHost: \(host.replacingOccurrences(of: "PORT", with: port))\r\nConnection: close\r\n\r\n")
        let answer = try await connection.readToEnd()
        return try #require(Int(answer.dropFirst("HTTP/1.1 ".count).prefix(3)))
    }
}
