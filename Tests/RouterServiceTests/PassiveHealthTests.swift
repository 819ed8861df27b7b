import RouterService
import Testing

@Suite("A node whose exchanges fail is left out", .timeLimit(.minutes(5)))
struct PassiveHealthTests {
    static let host = "acme.eu.portal.example.com"
    static let post = "POST / HTTP/1.1\r\nHost: \(host)\r\nContent-Length: 0\r\n\r\n"

    private func breakerOpens(_ router: RunningRouter) async throws -> Int? {
        try await router.metric("portolan_router_upstream_breaker_opens_total{geo=\"eu\"}")
    }

    @Test("after as many failures in a row as are configured, and the others serve on")
    func failures() async throws {
        let good = try await RecordingNode.start()
        let bad = try await RecordingNode.start(answer: { _ in .textThenClose("") })
        try await RunningRouter.serve([("eu", [bad.endpoint, good.endpoint])], limits: { $0.healthFailures = 3 }) { router in
            try await router.becomeHealthy("eu", nodes: 2)
            var statuses: [Int: Int] = [:]
            for _ in 0..<20 { statuses[try await router.send(Self.post).status, default: 0] += 1 }
            #expect(statuses == [502: 3, 200: 17])
            #expect(bad.requests.count == 3)
            #expect(try await breakerOpens(router) == 1)
            #expect(try await router.healthy("eu") == 1)
        }
        await good.stop()
        await bad.stop()
    }

    @Test("an answer in between starts the count anew")
    func success() async throws {
        let node = try await RecordingNode.start(answer: { $0.target == "/bad" ? .textThenClose("") : .ok("good") })
        try await RunningRouter.serve([("eu", [node.endpoint])], limits: { $0.healthFailures = 2 }) { router in
            for _ in 0..<4 {
                let bad = try await router.send(Self.post.replacing(" / ", with: " /bad "))
                #expect(bad.status == 502)
                #expect(try await router.get(host: Self.host).status == 200)
            }
            #expect(try await breakerOpens(router) == 0)
        }
        await node.stop()
    }

    @Test("when it answers nothing in time, and then its geo answers 503 at once")
    func timeouts() async throws {
        let node = try await RecordingNode.start(answer: { _ in .silence })
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.healthFailures = 2
            limits.upstreamResponseTimeout = .milliseconds(200)
        }
        try await RunningRouter.serve([("eu", [node.endpoint])], limits: limits) { router in
            for _ in 0..<2 { #expect(try await router.get(host: Self.host).status == 504) }
            let refused = try await router.get(host: Self.host)
            #expect(refused.status == 503)
            #expect(refused["Retry-After"] != nil)
            #expect(node.requests.count <= 2)
        }
        await node.stop()
    }

    @Test("it is back after two checks, and its next failure takes it out again")
    func probation() async throws {
        let node = try await RecordingNode.start(answer: { _ in .textThenClose("") })
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.healthFailures = 3
            limits.healthInterval = .milliseconds(20)
        }
        try await RunningRouter.serve([("eu", [node.endpoint])], limits: limits) { router in
            try await router.becomeHealthy("eu")
            for _ in 0..<3 { #expect(try await router.send(Self.post).status == 502) }
            try await eventually { router.log.lines.count { $0.contains("node is up") } == 2 }
            #expect(try await router.send(Self.post).status == 502)
            #expect(try await breakerOpens(router) == 2)
        }
        await node.stop()
    }
}
