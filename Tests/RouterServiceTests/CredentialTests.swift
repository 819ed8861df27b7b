import Foundation
import Testing

@Suite("residency row 4: the router refuses a credential of one geo at another geo's host", .timeLimit(.minutes(5)))
struct CredentialTests {
    /// Where a request can carry something, and how.
    static let places: [(place: String, request: @Sendable (_ host: String, _ value: String) -> String)] = [
        ("cookie", { "GET / HTTP/1.1\r\nHost: \($0)\r\nCookie: portalaccesstoken=\($1)\r\n\r\n" }),
        (
            "cookie",
            { "GET / HTTP/1.1\r\nHost: \($0)\r\ncOOKIE: theme=dark\r\nCOOKIE: a=b; portalrefreshtoken=\"\($1)\"\r\n\r\n" }
        ),
        ("authorization", { "GET / HTTP/1.1\r\nHost: \($0)\r\nAuthorization: Bearer \($1)\r\n\r\n" }),
        ("authorization", { "GET / HTTP/1.1\r\nHost: \($0)\r\nauthorization:\t\($1)\r\n\r\n" }),
        (
            "authorization",
            { "GET / HTTP/1.1\r\nHost: \($0)\r\nAuthorization: Basic \(Data("\($1):".utf8).base64EncodedString())\r\n\r\n" }
        ),
        (
            "authorization",
            { "GET / HTTP/1.1\r\nHost: \($0)\r\nAuthorization: Basic \(Data("x:\($1)".utf8).base64EncodedString())\r\n\r\n" }
        ),
        ("path", { "GET /v3/portals/\($1)/developers HTTP/1.1\r\nHost: \($0)\r\n\r\n" }),
        ("path", { "DELETE /v3/portals/\($1.replacing("-", with: "%2D")) HTTP/1.1\r\nHost: \($0)\r\n\r\n" }),
        ("query", { "GET /login?token=\($1) HTTP/1.1\r\nHost: \($0)\r\n\r\n" }),
        ("query", { "GET /login?a=b&token=\($1)&c HTTP/1.1\r\nHost: \($0)\r\n\r\n" }),
        ("query", { "GET http://\($0)/login?token=\($1) HTTP/1.1\r\nHost: \($0)\r\n\r\n" }),
    ]

    static let values: [@Sendable (String) throws -> String] = [
        { try TestTopology.uuid($0) }, { try TestTopology.uuid($0).uppercased() }, { try TestTopology.entity($0) },
        { try TestTopology.credential(.portalAccess, $0) },
        { try TestTopology.credential(.portalRefresh, $0) }, { try TestTopology.credential(.admin, $0) },
    ]

    @Test("at every place, and neither geo's node sees a byte", arguments: [("eu", "us"), ("us", "eu")])
    func foreign(origin: String, host: String) async throws {
        try await serveTwoGeos { router, nodes in
            for (place, request) in Self.places {
                for mint in Self.values {
                    let answer = try await router.send(request("acme.\(host).portal.example.com", mint(origin)))
                    #expect(answer.status == 403, "\(place)")
                    #expect(answer["Content-Type"] == "application/problem+json")
                }
            }
            #expect(nodes.areUntouched)
            var counted = 0
            for place in ["cookie", "authorization", "path", "query"] {
                counted +=
                    try await router.metric("portolan_router_residency_violations_total{geo=\"\(host)\",place=\"\(place)\"}") ?? 0
            }
            #expect(counted == Self.places.count * Self.values.count)
        }
    }

    @Test("but its own geo's are passed on as they came", arguments: ["eu", "us"])
    func own(geo: String) async throws {
        try await serveTwoGeos { router, nodes in
            var sent = 0
            for (_, request) in Self.places {
                for mint in Self.values {
                    let value = try mint(geo)
                    let answer = try await router.send(request("acme.\(geo).portal.example.com", value))
                    #expect(answer.status == 200)
                    let bytes = nodes.node(geo).record.value.bytes.values.map { String(decoding: $0, as: UTF8.self) }.joined()
                    let encoded = ["\(value):", "x:\(value)"].map { Data($0.utf8).base64EncodedString() }
                    #expect(([value] + encoded).contains { bytes.replacing("%2D", with: "-").contains($0) })
                    sent += 1
                }
            }
            #expect(nodes.node(geo).requests.count == sent)
            #expect(nodes.other(than: geo).requests.isEmpty)
        }
    }

    @Test("what no geo of the topology minted is nobody's, and passes")
    func unknownOrigin() async throws {
        try await serveTwoGeos { router, _ in
            let host = "acme.eu.portal.example.com"
            for token in [try TestTopology.uuid("au"), "7d444840-9dc0-11d1-b245-5ffdce74fad2"] {
                let answer = try await router.get("/login?token=\(token)", host: host)
                #expect(answer.status == 200)
            }
        }
    }

    @Test("a body with a foreign credential in the head is not read")
    func withBody() async throws {
        try await serveTwoGeos { router, nodes in
            let client = try await router.connect()
            let token = try TestTopology.credential(.admin, "us")
            try await client.send(
                "POST / HTTP/1.1\r\nHost: acme.eu.portal.example.com\r\nAuthorization: Bearer \(token)\r\nContent-Length: 9\r\n\r\nabc"
            )
            let answer = try await client.answer()
            #expect(answer.status == 403)
            #expect(answer["Connection"] == "close")
            #expect(try await client.rest().isEmpty)
            #expect(nodes.areUntouched)
        }
    }
}
