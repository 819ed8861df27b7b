import NIOCore
import Testing

@testable import RouterService

@Suite("A client has its share and no more", .timeLimit(.minutes(5)))
struct ClientLimitTests {
    static let host = "acme.eu.portal.example.com"

    @Test("requests beyond the burst are 429 with a time to retry, and no node sees them")
    func rate() async throws {
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.clientRequestsPerSecond = 1
            limits.clientBurst = 3
        }
        try await serveTwoGeos(limits: limits) { router, nodes in
            let client = try await router.connect()
            let count = 100
            try await client.send(String(repeating: "GET / HTTP/1.1\r\nHost: \(Self.host)\r\n\r\n", count: count))
            var refused: [Answer] = []
            for number in 1...count {
                let answer = try await client.answer()
                if answer.status == 429 { refused.append(answer) } else { #expect(answer.status == 200) }
                if number <= 3 { #expect(refused.isEmpty) }
            }
            // A slow machine gives the client one more each second; a hundred it does not.
            let first = try #require(refused.first)
            #expect(first["Retry-After"] == "1")
            #expect(first["Content-Type"] == "application/problem+json")
            #expect(first["Connection"] == nil)
            #expect(nodes.eu.requests.count == count - refused.count)
            let counted = try await router.metric("portolan_router_client_limited_total{kind=\"request\"}")
            #expect(counted == refused.count)
        }
    }

    @Test("connections beyond the limit are closed, on whichever event loop, and one that ends makes room")
    func connections() async throws {
        let node = try await RecordingNode.start()
        try await RunningRouter.serve([("eu", [node.endpoint])], threads: 2, limits: { $0.clientConnections = 3 }) { router in
            var clients: [TestClient] = []
            for _ in 0..<3 {
                let client = try await router.connect()
                try await client.send("GET / HTTP/1.1\r\nHost: \(Self.host)\r\n\r\n")
                #expect(try await client.answer().status == 200)
                clients.append(client)
            }
            let refused = try await router.connect()
            #expect(try await refused.rest().isEmpty)
            #expect(try await router.metric("portolan_router_client_limited_total{kind=\"connection\"}") == 1)
            try await clients[0].close()
            try await eventually { try await router.metric("portolan_router_connections") == 2 }
            #expect(try await router.get(host: Self.host).status == 200)
        }
        await node.stop()
    }

    // MARK: The table

    private func limiter(perSecond: Int = 10, burst: Int = 2) -> ClientLimiter {
        var limits = RouterLimits()
        limits.clientRequestsPerSecond = perSecond
        limits.clientBurst = burst
        return ClientLimiter(limits, hash: SipHash(key: (1, 2)))
    }

    private func network(_ address: String) throws -> ClientNetwork? {
        ClientNetwork(try SocketAddress(ipAddress: address, port: 1))
    }

    @Test("an allowance comes back request by request, to the burst and no further")
    func refill() throws {
        let limiter = limiter()
        let client = try network("192.0.2.1")
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
        func refusals(_ count: Int, at milliseconds: Int64) -> Int {
            (0..<count).count { _ in limiter.refusal(of: client, at: start + .milliseconds(milliseconds)) != nil }
        }
        #expect(refusals(3, at: 0) == 1)
        #expect(refusals(1, at: 99) == 1)
        #expect(refusals(2, at: 100) == 1)
        #expect(refusals(4, at: 100_000) == 2)
        #expect(limiter.refusal(of: try network("192.0.2.2"), at: start + .milliseconds(100_000)) == nil)
    }

    @Test("the addresses of one IPv6 network are one client, and an IPv4 address is the same in both families")
    func networks() throws {
        #expect(try network("2001:db8::1") == network("2001:db8::ffff:2"))
        #expect(try network("2001:db8::1") != network("2001:db8:0:1::1"))
        #expect(try network("::ffff:192.0.2.1") == network("192.0.2.1"))
        #expect(try network("192.0.2.1") != network("192.0.2.2"))
        #expect(ClientNetwork(nil) == nil)
    }

    @Test("clients that did little are forgotten before one that is over its limit")
    func replacement() throws {
        let limiter = limiter(perSecond: 1, burst: 100)
        let busy = try network("192.0.2.1")
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
        for _ in 0..<100 { #expect(limiter.refusal(of: busy, at: start) == nil) }
        var refused = 0
        for number in 0..<(2 * ClientLimiter.capacity) {
            let other = ClientNetwork(bytes: [10, UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)])
            if limiter.refusal(of: other, at: start) != nil { refused += 1 }
        }
        #expect(refused == 0)
        #expect(limiter.refusal(of: busy, at: start) == 1)
    }

    @Test("the hash is SipHash-2-4 as its authors publish it")
    func vectors() {
        let hash = SipHash(key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
        #expect(hash.hash([]) == 0x726f_db47_dd0e_0e31)
        #expect(hash.hash(0..<15) == 0xa129_ca61_49be_45e5)
    }
}
