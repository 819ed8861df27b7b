import Foundation
import Testing

@Suite("residency row 9: the router's log and metrics tell of requests and of no developer", .timeLimit(.minutes(5)))
struct LogTests {
    @Test("a request leaves its geo, route, method, status, duration, sizes and id, and nothing else")
    func accessLine() async throws {
        try await serveTwoGeos(answer: { _, _ in .ok("hello") }) { router, _ in
            let answer = try await router.send(
                "POST /api/v3/developer HTTP/1.1\r\nHost: acme.us.portal.example.com\r\nContent-Length: 3\r\n\r\nabc")
            let line = try await router.log.line(containing: "\"message\":\"request\"")
            let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(
                Set(fields.keys) == [
                    "time", "level", "logger", "message", "geo", "route", "method", "status", "duration_ms", "bytes_in",
                    "bytes_out", "request_id",
                ])
            #expect(fields["geo"] as? String == "us")
            #expect(fields["route"] as? String == "portal_api")
            #expect(fields["method"] as? String == "POST")
            #expect(fields["status"] as? Int == 200)
            #expect(fields["bytes_in"] as? Int == 3)
            #expect(fields["bytes_out"] as? Int == 5)
            #expect(fields["request_id"] as? String == answer["X-Request-ID"])
            #expect((fields["duration_ms"] as? Double).map { $0 >= 0 && $0 < 60_000 } == true)
        }
    }

    @Test(
        "the route is told as a class",
        arguments: [
            ("acme.eu.portal.example.com", "/", "portal_page"), ("acme.eu.portal.example.com", "/api/v3/portal", "portal_api"),
            ("eu.api.example.com", "/v3/portals", "management_api"), ("eu.console.example.com", "/", "console"),
            ("portal.example.com", "/", "chooser"), ("nobody.example", "/", "unknown"),
        ])
    func routes(host: String, target: String, name: String) async throws {
        try await serveTwoGeos { router, _ in
            _ = try await router.get(target, host: host)
            let line = try await router.log.line(containing: "\"message\":\"request\"")
            #expect(line.contains("\"route\":\"\(name)\""))
        }
    }

    static let canary = "canary7f3a"

    /// Requests with the canary wherever a client can put something.
    static func requests(eu: String, us: String) -> [String] {
        let host = "Host: acme.eu.portal.example.com\r\n"
        return [
            "GET /\(canary)/x?email=\(canary)%40example.org HTTP/1.1\r\n\(host)\r\n",
            "GET / HTTP/1.1\r\n\(host)Cookie: \(canary)=\(canary); portalaccesstoken=\(eu)\r\nUser-Agent: \(canary)\r\n\r\n",
            "GET /\(canary)?token=\(us) HTTP/1.1\r\n\(host)Referer: https://\(canary)\r\n\r\n",
            "GET / HTTP/1.1\r\n\(host)Authorization: Bearer \(us)\r\n\r\n",
            "POST /api/v3/developer HTTP/1.1\r\n\(host)X-Forwarded-For: \(canary)\r\nContent-Length: 10\r\n\r\n\(canary)",
            "\(canary) / HTTP/1.1\r\n\(host)\r\n", "GET \(canary) HTTP/1.1\r\n\(host)\r\n", "GET / \(canary)\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: \(canary).example\r\n\r\n", "GET / HTTP/1.1\r\nHost: \(canary)@x\r\n\r\n",
            "GET / HTTP/1.1\r\n\(host)Content-Length: \(canary)\r\n\r\n", "GET / HTTP/1.1\r\n\(host)\(canary) : x\r\n\r\n",
            "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: \(canary)\r\n\r\n",
            "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(canary)\r\n",
            "POST / HTTP/1.1\r\n\(host)Expect: \(canary)\r\nContent-Length: 1\r\n\r\nx",
            "GET /garbage HTTP/1.1\r\n\(host)\r\n", "GET /redirect HTTP/1.1\r\n\(host)\r\n",
            "GET /broken HTTP/1.1\r\n\(host)\r\n",
        ]
    }

    @Test("nothing that a client or a node wrote is in any line, nor in the metrics, nor an address")
    func canaries() async throws {
        let eu = try TestTopology.credential(.portalAccess, "eu")
        let us = try TestTopology.uuid("us")
        try await serveTwoGeos(answer: { _, request in
            switch request.target {
            case "/garbage": .textThenClose("\(Self.canary)\r\n\r\n")
            case "/redirect": .text("HTTP/1.1 302 \(Self.canary)\r\nLocation: https://us.api.example.com/\(Self.canary)\r\n\r\n")
            case "/broken": .textThenClose("HTTP/1.1 200 OK\r\nX: \(Self.canary)\r\nContent-Length: 99\r\n\r\n\(Self.canary)")
            default: .ok(Self.canary, fields: "X-Node: \(Self.canary)", "Set-Cookie: \(Self.canary)=\(Self.canary)")
            }
        }) { router, _ in
            let requests = Self.requests(eu: eu, us: us)
            for request in requests {
                let client = try await router.connect()
                try await client.send(request)
                _ = try? await client.answer()
                try await client.close()
            }
            try await eventually {
                router.log.lines.count { $0.contains("\"message\":\"request") && $0.contains("duration_ms") } == requests.count
            }
            let metrics = try await router.page("/metrics").text
            for text in router.log.lines + [metrics] {
                for secret in [Self.canary, eu, us, "/api/v3", "acme.eu.portal", "portalaccesstoken"] {
                    #expect(!text.lowercased().contains(secret.lowercased()), "\(text)")
                }
            }
            let listens = try await router.log.line(containing: "router listens")
            for line in router.log.lines where line != listens && !line.contains("node is up") {
                #expect(!line.contains("127.0.0.1"), "\(line)")
            }
        }
    }
}
