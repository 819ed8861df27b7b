import Foundation
import Testing

@Suite("The admin port tells an operator how the router is", .timeLimit(.minutes(5)))
struct AdminPortTests {
    @Test("it is another port than that of clients, and neither serves what the other does")
    func separate() async throws {
        try await serveTwoGeos { router, nodes in
            #expect(router.admin.port != router.address.port)
            let onService = try await router.get("/metrics", host: "127.0.0.1:\(router.address.port)")
            #expect(onService.status == 421)
            let elsewhere = try await router.page("/login")
            #expect(elsewhere.status == 404)
            #expect(nodes.areUntouched)
        }
    }

    @Test("a router that takes requests lives and is ready, and tells how many nodes of each geo are healthy")
    func readiness() async throws {
        let us = try await RecordingNode.start()
        let nowhere = ReservedPort()
        try await RunningRouter.serve([("eu", [nowhere.endpoint]), ("us", [us.endpoint])]) { router in
            #expect(try await router.page("/healthz").text == "ok\n")
            try await router.becomeHealthy("us")
            let answer = try await router.page("/readyz")
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "application/json")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
            #expect(json["status"] as? String == "ready")
            let geos = try #require(json["geos"] as? [String: [String: Int]])
            #expect(geos == ["eu": ["nodes": 1, "healthy": 0], "us": ["nodes": 1, "healthy": 1]])
        }
        await us.stop()
        nowhere.release()
    }

    @Test("its pages can only be read", arguments: ["POST", "DELETE", "PUT"])
    func readOnly(method: String) async throws {
        try await serveTwoGeos { router, _ in
            let client = try await TestClient.connect(to: router.admin)
            try await client.send("\(method) /metrics HTTP/1.1\r\nHost: router\r\nContent-Length: 0\r\n\r\n")
            #expect(try await client.answer().status == 405)
        }
    }

    @Test("the metrics are in the Prometheus text format and count what happened")
    func metrics() async throws {
        try await serveTwoGeos { router, _ in
            for host in ["acme.eu.portal.example.com", "acme.eu.portal.example.com", "eu.api.example.com", "nobody.example"] {
                _ = try await router.get(host: host)
            }
            let answer = try await router.page("/metrics")
            #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            try Self.expectExposition(answer.text)
            let requests = "portolan_router_requests_total"
            #expect(try await router.metric("\(requests){geo=\"eu\",route=\"portal_page\",status=\"2xx\"}") == 2)
            #expect(try await router.metric("\(requests){geo=\"eu\",route=\"management_api\",status=\"2xx\"}") == 1)
            #expect(try await router.metric("\(requests){geo=\"none\",route=\"unknown\",status=\"4xx\"}") == 1)
            #expect(try await router.metric("portolan_router_requests_in_flight") == 0)
            #expect(try await router.metric("portolan_router_body_bytes_total{direction=\"out\"}") ?? 0 > 0)
        }
    }

    /// Every sample stands below the HELP and TYPE of its name, and is a name, labels and a number.
    private static func expectExposition(_ text: String) throws {
        #expect(text.hasSuffix("\n"))
        let sample = /([a-z0-9_]+)(\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? [0-9]+(\.[0-9]+)?(e-?[0-9]+)?/
        var helped: Set<Substring> = []
        var typed: Set<Substring> = []
        var seen: Set<Substring> = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# HELP ") {
                #expect(helped.insert(words[2]).inserted)
            } else if line.hasPrefix("# TYPE ") {
                #expect(typed.insert(words[2]).inserted)
                #expect(["counter", "gauge", "histogram"].contains(words[3]))
                #expect((words[3] == "counter") == words[2].hasSuffix("_total"))
            } else {
                let match = try #require(try sample.wholeMatch(in: line), "\(line)")
                let histogram = match.1.replacing(/_(bucket|sum|count)$/, with: "")
                let name = typed.contains(histogram) ? histogram : match.1
                #expect(helped.contains(name) && typed.contains(name))
                #expect(seen.insert(line.prefix { $0 != " " }).inserted)
            }
        }
        #expect(seen.count > 10)
    }

    @Test("durations are a histogram: buckets that only grow, the last of which counts all")
    func durations() async throws {
        try await serveTwoGeos { router, _ in
            for _ in 0..<3 { #expect(try await router.get(host: "acme.eu.portal.example.com").status == 200) }
            let name = "portolan_router_request_duration_seconds"
            let lines = try await router.page("/metrics").text.split(separator: "\n")
            let buckets = lines.filter { $0.hasPrefix("\(name)_bucket{geo=\"eu\"") }.compactMap { line in
                line.split(separator: " ").last.flatMap { Int($0) }
            }
            #expect(buckets.count == 13)
            #expect(buckets == buckets.sorted())
            #expect(buckets.last == 3)
            #expect(lines.contains("\(name)_count{geo=\"eu\"} 3"))
            #expect(lines.contains { $0.hasPrefix("\(name)_bucket{geo=\"eu\",le=\"+Inf\"}") })
            #expect(lines.contains { $0.hasPrefix("\(name)_sum{geo=\"eu\"} 0.") })
        }
    }
}
