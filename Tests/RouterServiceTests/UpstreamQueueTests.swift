import RouterService
import Testing

@Suite("A geo's requests wait for its connections in order", .timeLimit(.minutes(5)))
struct UpstreamQueueTests {
    static let host = "acme.eu.portal.example.com"
    static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// Runs a router that has one connection to a node that leaves its answers to the test.
    private func serveOneConnection(
        limits change: @Sendable (inout RouterLimits) -> Void = { _ in },
        _ body: @Sendable (RunningRouter, RecordingNode) async throws -> Void
    ) async throws {
        let node = try await RecordingNode.start(answer: { _ in .silence })
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.upstreamConnections = 1
            limits.upstreamQueueTimeout = .minutes(5)
            change(&limits)
        }
        try await RunningRouter.serve([("eu", [node.endpoint])], limits: limits) { router in try await body(router, node) }
        await node.stop()
    }

    private func get(_ target: String, from router: RunningRouter) async throws -> TestClient {
        let client = try await router.connect()
        try await client.send("GET \(target) HTTP/1.1\r\nHost: \(Self.host)\r\n\r\n")
        return client
    }

    private func waitForQueue(of length: Int, in router: RunningRouter) async throws {
        try await eventually { try await router.metric("portolan_router_upstream_queue_length{geo=\"eu\"}") == length }
    }

    @Test("first come, first served, all on the connections that there are")
    func order() async throws {
        try await serveOneConnection { router, node in
            var clients = [try await get("/0", from: router)]
            let first = try await node.request(0)
            for number in 1...3 {
                clients.append(try await get("/\(number)", from: router))
                try await waitForQueue(of: number, in: router)
            }
            for number in 0...3 {
                let request = try await node.request(number)
                #expect(request.target == "/\(number)")
                #expect(request.connection.number == first.connection.number)
                try await request.connection.send(Self.answer)
                #expect(try await clients[number].answer().status == 200)
            }
            try await waitForQueue(of: 0, in: router)
        }
    }

    @Test("a waiter whose client has gone leaves")
    func leaving() async throws {
        try await serveOneConnection { router, node in
            let first = try await get("/0", from: router)
            let request = try await node.request(0)
            let second = try await get("/1", from: router)
            try await waitForQueue(of: 1, in: router)
            let third = try await get("/2", from: router)
            try await waitForQueue(of: 2, in: router)
            try await second.close()
            try await waitForQueue(of: 1, in: router)
            try await request.connection.send(Self.answer)
            #expect(try await first.answer().status == 200)
            let next = try await node.request(1)
            #expect(next.target == "/2")
            try await next.connection.send(Self.answer)
            #expect(try await third.answer().status == 200)
        }
    }

    @Test("a connection that closes makes room for the next")
    func closing() async throws {
        try await serveOneConnection { router, node in
            let first = try await get("/0", from: router)
            let request = try await node.request(0)
            let second = try await get("/1", from: router)
            try await waitForQueue(of: 1, in: router)
            try await first.close()
            try await eventually { !request.connection.isOpen }
            let next = try await node.request(1)
            try await next.connection.send(Self.answer)
            #expect(try await second.answer().status == 200)
        }
    }

    @Test("of more than may wait, the last is told 503 at once")
    func full() async throws {
        try await serveOneConnection(limits: { $0.upstreamQueue = 1 }) { router, node in
            _ = try await get("/0", from: router)
            _ = try await node.request(0)
            _ = try await get("/1", from: router)
            try await waitForQueue(of: 1, in: router)
            let refused = try await router.get("/2", host: Self.host)
            #expect(refused.status == 503)
            #expect(refused["Retry-After"] == "1")
            #expect(try await router.metric("portolan_router_upstream_queue_refusals_total{geo=\"eu\"}") == 1)
        }
    }

    @Test("who waits for too long is told 503")
    func late() async throws {
        try await serveOneConnection(limits: { $0.upstreamQueueTimeout = .milliseconds(100) }) { router, node in
            _ = try await get("/0", from: router)
            _ = try await node.request(0)
            let refused = try await router.get("/1", host: Self.host)
            #expect(refused.status == 503)
            #expect(node.requests.count == 1)
        }
    }
}
