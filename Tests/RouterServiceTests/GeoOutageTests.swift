import Testing

@Suite("residency row 5: a geo that is down is answered for by no other", .timeLimit(.minutes(5)))
struct GeoOutageTests {
    static let eu = "acme.eu.portal.example.com"
    static let us = "acme.us.portal.example.com"

    @Test("its requests get 503 with a time to retry, the other geo's go on")
    func down() async throws {
        let us = try await RecordingNode.start(answer: { _ in .ok("us") })
        let nowhere = ReservedPort()
        try await RunningRouter.serve(
            [("eu", [nowhere.endpoint]), ("us", [us.endpoint])], limits: { $0.healthInterval = .milliseconds(1500) }
        ) { router in
            for _ in 0..<3 {
                let refused = try await router.get(host: Self.eu)
                #expect(refused.status == 503)
                #expect(refused["Content-Type"] == "application/problem+json")
                #expect(refused["Retry-After"] == "2")
                #expect(refused["Cache-Control"] == "no-store")
                #expect(refused.text.contains("\"status\":503"))
                let answer = try await router.get(host: Self.us)
                #expect(answer.text == "us")
            }
            #expect(us.requests.count == 3)
            #expect(us.requests.allSatisfy { $0["Host"] == Self.us })
        }
        await us.stop()
        nowhere.release()
    }

    @Test("it is served again as soon as its node is back")
    func recovery() async throws {
        let nowhere = ReservedPort()
        try await RunningRouter.serve([("eu", [nowhere.endpoint])], limits: { $0.healthInterval = .milliseconds(20) }) { router in
            let answer = try await router.get(host: Self.eu)
            #expect(answer.status == 503)
            nowhere.release()
            let node = try await RecordingNode.start(port: nowhere.endpoint.port)
            _ = try await router.log.line(containing: "node is up")
            let later = try await router.get(host: Self.eu)
            #expect(later.status == 200)
            await node.stop()
        }
    }

    @Test("a node that stops while the router runs is left out, and its geo answers 503")
    func stops() async throws {
        let node = try await RecordingNode.start(answer: { _ in .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") })
        try await RunningRouter.serve([("eu", [node.endpoint])]) { router in
            let answer = try await router.get(host: Self.eu)
            #expect(answer.status == 200)
            await node.stop()
            let later = try await router.get(host: Self.eu)
            #expect(later.status == 503)
        }
    }

    @Test("of two nodes, the one that lives serves all requests of their geo")
    func failover() async throws {
        let live = try await RecordingNode.start(answer: { _ in .ok("eu") })
        let us = try await RecordingNode.start(answer: { _ in .ok("us") })
        let nowhere = ReservedPort()
        try await RunningRouter.serve(
            [("eu", [nowhere.endpoint, live.endpoint]), ("us", [us.endpoint])],
            limits: { $0.healthInterval = .hours(1) }
        ) { router in
            for _ in 0..<10 {
                let answer = try await router.get(host: Self.eu)
                #expect(answer.text == "eu")
            }
            #expect(live.requests.count == 10)
            #expect(us.requests.isEmpty)
        }
        await live.stop()
        await us.stop()
        nowhere.release()
    }

    @Test("requests are shared out between the nodes of a geo")
    func balance() async throws {
        let one = try await RecordingNode.start()
        let two = try await RecordingNode.start()
        try await RunningRouter.serve([("eu", [one.endpoint, two.endpoint])]) { router in
            for _ in 0..<10 {
                let answer = try await router.get(host: Self.eu)
                #expect(answer.status == 200)
            }
            #expect(one.requests.count >= 3)
            #expect(two.requests.count >= 3)
        }
        await one.stop()
        await two.stop()
    }
}
