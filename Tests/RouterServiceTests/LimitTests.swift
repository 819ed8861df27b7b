import NIOCore
import RouterService
import Testing

@Suite("Limits hold at their edges", .timeLimit(.minutes(5)))
struct LimitTests {
    static let host = "Host: acme.eu.portal.example.com\r\n"

    /// A request whose head has exactly so many bytes.
    static func request(ofHeadBytes count: Int) -> String {
        let head = "GET / HTTP/1.1\r\n\(host)X-Padding: "
        return head + String(repeating: "x", count: count - head.utf8.count - 4) + "\r\n\r\n"
    }

    @Test("a head of the limit passes, one byte more is 431")
    func head() async throws {
        try await serveTwoGeos(limits: { $0.headerBytes = 4096 }) { router, nodes in
            let passes = try await router.send(Self.request(ofHeadBytes: 4096))
            #expect(passes.status == 200)
            let refused = try await router.send(Self.request(ofHeadBytes: 4097))
            #expect(refused.status == 431)
            #expect(refused["Connection"] == "close")
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("a head without an end is refused at the limit")
    func endlessHead() async throws {
        try await serveTwoGeos(limits: { $0.headerBytes = 4096 }) { router, nodes in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)X-Padding: \(String(repeating: "x", count: 8192))")
            let answer = try await client.answer()
            #expect(answer.status == 431)
            #expect(nodes.areUntouched)
        }
    }

    @Test("many tiny fields are refused, and many names in the Connection field")
    func manyFields() async throws {
        try await serveTwoGeos { router, nodes in
            func request(fields: Int) -> String {
                "GET / HTTP/1.1\r\n\(Self.host)" + String(repeating: "a:\r\n", count: fields) + "\r\n"
            }
            let passes = try await router.send(request(fields: 199))
            #expect(passes.status == 200)
            let refused = try await router.send(request(fields: 200))
            #expect(refused.status == 431)
            let names = (0..<17).map { "x\($0)" }.joined(separator: ",")
            let connection = try await router.get(host: "acme.eu.portal.example.com", fields: "Connection: \(names)")
            #expect(connection.status == 400)
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("a target of the limit passes, one byte more is 414, and so is a first line without an end")
    func target() async throws {
        try await serveTwoGeos(limits: { $0.targetBytes = 100 }) { router, nodes in
            let host = "acme.eu.portal.example.com"
            let passes = try await router.get("/" + String(repeating: "x", count: 99), host: host)
            #expect(passes.status == 200)
            let refused = try await router.get("/" + String(repeating: "x", count: 100), host: host)
            #expect(refused.status == 414)
            let endless = try await router.send("GET /" + String(repeating: "x", count: 40_000))
            #expect(endless.status == 414)
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("a body of the limit passes, one byte more is 413", arguments: [true, false])
    func body(chunked: Bool) async throws {
        try await serveTwoGeos(limits: { $0.bodyBytes = 1000 }, answer: { _, request in .ok("\(request.body.count)") }) {
            router, nodes in
            func request(_ length: Int) -> String {
                let body = String(repeating: "x", count: length)
                return chunked
                    ? "POST / HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"
                        + "\(String(length - 1, radix: 16))\r\n\(body.dropLast())\r\n0\r\n\r\n"
                    : "POST / HTTP/1.1\r\n\(Self.host)Content-Length: \(length)\r\n\r\n\(body)"
            }
            let passes = try await router.send(request(1000))
            #expect(passes.text == "1000")
            let refused = try await router.send(request(1001))
            #expect(refused.status == 413)
            #expect(refused["Connection"] == "close")
            #expect(nodes.eu.requests.count { $0.isComplete } == 1)
        }
    }

    @Test("a head that does not end in time is 408, however its bytes trickle in")
    func headerTimeout() async throws {
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.headerTimeout = .seconds(5)
            limits.headerBytes = 1 << 24
        }
        try await serveTwoGeos(limits: limits) { router, nodes in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\nX: ")
            // Not faster than the router reads: a connection that is closed with bytes unread is reset, and the answer may be lost.
            let trickle = Task {
                while true {
                    try await client.send("y")
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            let answer = try await client.answer()
            trickle.cancel()
            #expect(answer.status == 408)
            #expect(answer["Connection"] == "close")
            #expect(nodes.areUntouched)
        }
    }

    @Test("the time for a head starts anew for each request, pipelined ones too")
    func headerTimeoutPipelined() async throws {
        try await serveTwoGeos(limits: { $0.headerTimeout = .seconds(5) }) { router, _ in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\nGET / HT")
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 408)
        }
    }

    @Test("a connection that sends nothing is closed without a word")
    func silent() async throws {
        try await serveTwoGeos(limits: { $0.headerTimeout = .milliseconds(100) }) { router, _ in
            let client = try await router.connect()
            let rest = try await client.rest()
            #expect(rest.isEmpty)
        }
    }

    @Test("a connection that is idle after a request is closed without a word")
    func idle() async throws {
        try await serveTwoGeos(limits: { $0.idleTimeout = .milliseconds(100) }) { router, _ in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(try await client.answer().status == 200)
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("a body that stops coming is 408, and the node is let go")
    func bodyTimeout() async throws {
        try await serveTwoGeos(limits: { $0.idleTimeout = .milliseconds(100) }) { router, nodes in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Content-Length: 10\r\n\r\nabc")
            let answer = try await client.answer()
            #expect(answer.status == 408)
            let connection = try await nodes.eu.request(complete: false).connection
            try await eventually { !connection.isOpen }
        }
    }

    @Test("a body that does not end in time is 408, however its bytes trickle in")
    func bodyTrickle() async throws {
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.bodyTimeout = .seconds(1)
            limits.bodyBytes = 1 << 30
        }
        try await serveTwoGeos(limits: limits) { router, nodes in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Content-Length: \(1 << 30)\r\n\r\n")
            let trickle = Task { while true { try await client.send("y") } }
            let answer = try await client.answer()
            trickle.cancel()
            #expect(answer.status == 408)
            let connection = try await nodes.eu.request(complete: false).connection
            try await eventually { !connection.isOpen }
        }
    }

    @Test("an answer to a body that is late or too long is not cut off while the client sends on")
    func lingering() async throws {
        let limits: (inout RouterLimits) -> Void = { limits in
            limits.bodyTimeout = .milliseconds(300)
            limits.bodyBytes = 1 << 30
            limits.lingerTimeout = .seconds(60)
        }
        try await serveTwoGeos(limits: limits) { router, nodes in
            let client = try await TestClient.connect(to: router.address, sendsOn: true)
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Content-Length: \(1 << 30)\r\n\r\n")
            _ = try await nodes.eu.request(complete: false)
            try await eventually { router.log.lines.contains { $0.contains("\"status\":408") } }
            // For longer than the router takes to look after its timeouts: it has to go on reading.
            for _ in 0..<6 {
                try await client.send(String(repeating: "y", count: 10_000))
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await client.answer().status == 408)
            #expect(!client.inbox.value.wasReset)
        }
    }

    @Test("a node that does not answer in time is 504, and is let go")
    func nodeTimeout() async throws {
        try await serveTwoGeos(
            limits: { $0.upstreamResponseTimeout = .milliseconds(100) }, answer: { _, _ in .silence }
        ) { router, nodes in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            let answer = try await client.answer()
            #expect(answer.status == 504)
            let connection = try await nodes.eu.request().connection
            try await eventually { !connection.isOpen }
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("an answer that stops in its midst is broken off")
    func answerTimeout() async throws {
        try await serveTwoGeos(
            limits: { $0.idleTimeout = .milliseconds(100) },
            answer: { _, _ in .text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") }
        ) { router, _ in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            await #expect(throws: AnswerError.self) { try await client.answer() }
        }
    }

    @Test("a client that reads nothing of its answer is let go, and so is the node")
    func stalledReader() async throws {
        try await serveTwoGeos(limits: { $0.idleTimeout = .milliseconds(200) }, answer: { _, _ in .silence }) { router, nodes in
            let client = try await router.connect(reads: false)
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            let connection = try await nodes.eu.request().connection
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
            await #expect(throws: (any Error).self) { try await connection.flood(bytes: 100_000_000, sent: Watched(0)) }
            try await eventually { !connection.isOpen }
        }
    }

    @Test("connections beyond the limit are closed at once and counted, and one that ends makes room")
    func connections() async throws {
        try await serveTwoGeos(limits: { $0.connections = 2 }) { router, _ in
            let first = try await router.connect()
            let second = try await router.connect()
            for client in [first, second] {
                try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
                #expect(try await client.answer().status == 200)
            }
            let third = try await router.connect()
            #expect(try await third.rest().isEmpty)
            #expect(try await router.metric("portolan_router_connections_refused_total") == 1)
            try await first.close()
            try await eventually { try await router.metric("portolan_router_connections") == 1 }
            let answer = try await router.get(host: "acme.eu.portal.example.com")
            #expect(answer.status == 200)
        }
    }
}
