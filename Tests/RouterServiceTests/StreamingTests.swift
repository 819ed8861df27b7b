import NIOCore
import Testing

@Suite("Bodies stream through the router both ways", .timeLimit(.minutes(5)))
struct StreamingTests {
    static let host = "Host: acme.eu.portal.example.com\r\n"
    /// What the sockets of both ways and the router may hold of a body together; most of it is the kernel's.
    static let inTransit = 2 * (SocketBuffers.mostReceived + SocketBuffers.mostSent) + 4 * 1024 * 1024
    static let large = 2 * inTransit

    @Test("a client that does not read stops the node's answer, and gets all of it when it reads on")
    func download() async throws {
        try await serveTwoGeos(answer: { _, _ in .silence }) { router, nodes in
            let client = try await router.connect(reads: false)
            try await client.send("GET /large HTTP/1.1\r\n\(Self.host)\r\n")
            let connection = try await nodes.eu.request().connection
            let sent = Watched(0)
            async let flood: Void = {
                try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.large)\r\n\r\n")
                try await connection.flood(bytes: Self.large, sent: sent)
            }()
            #expect(try await standstill { sent.value } < Self.inTransit)
            try await client.beginReading()
            let answer = try await client.answer()
            #expect(answer.body.count == Self.large)
            try await flood
        }
    }

    @Test("a node that does not read stops the client's upload, and gets all of it when it reads on")
    func upload() async throws {
        let node = try await RecordingNode.start(onHead: { _ in nil }, answer: { .ok("\($0.body.count)") })
        try await RunningRouter.serve([("eu", [node.endpoint])], limits: { $0.bodyBytes = Self.large }) { router in
            let client = try await router.connect()
            try await client.send("POST /large HTTP/1.1\r\n\(Self.host)Content-Length: \(Self.large)\r\n\r\n")
            let connection = try await node.request(complete: false).connection
            try await connection.stopReading()
            let sent = Watched(0)
            async let upload: Void = client.flood(bytes: Self.large, sent: sent)
            #expect(try await standstill { sent.value } < Self.inTransit)
            try await connection.beginReading()
            let answer = try await client.answer()
            #expect(answer.text == "\(Self.large)")
            try await upload
        }
        await node.stop()
    }

    @Test(
        "a client that sends requests and reads no answer is not read on",
        arguments: ["nobody.example", "acme.eu.portal.example.com"])
    func answersUnread(host: String) async throws {
        let answers = String(repeating: "x", count: 2000)
        try await serveTwoGeos(answer: { _, _ in .ok(answers) }) { router, _ in
            let client = try await router.connect(reads: false)
            let batch = String(repeating: "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", count: 100)
            let flood = Task { while true { try await client.send(batch) } }
            // What the sockets hold of answers is about 4 MiB; a router that reads on would answer without an end.
            let (geo, route, status) = host == "nobody.example" ? ("none", "unknown", "4xx") : ("eu", "portal_page", "2xx")
            let name = "portolan_router_requests_total{geo=\"\(geo)\",route=\"\(route)\",status=\"\(status)\"}"
            let answered = try await standstill { try await router.metric(name) ?? 0 }
            #expect(answered > 0)
            #expect(answered < 40_000)
            try await client.beginReading()
            let answer = try await client.answer()
            #expect(answer.status == (host == "nobody.example" ? 421 : 200))
            try await client.close()
            _ = await flood.result
        }
    }

    @Test("what a node sends is passed on at once, not when the answer is complete")
    func events() async throws {
        try await serveTwoGeos(answer: { _, _ in .silence }) { router, nodes in
            let client = try await router.connect()
            try await client.send("GET /events HTTP/1.1\r\n\(Self.host)\r\n")
            let connection = try await nodes.eu.request().connection
            try await connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            try await client.receive("text/event-stream")
            for number in 1...5 {
                try await connection.send("9\r\ndata: \(number)\n\n\r\n")
                try await client.receive("data: \(number)\n\n")
            }
            try await connection.send("0\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer["Transfer-Encoding"] == "chunked")
            #expect(answer.text == (1...5).map { "data: \($0)\n\n" }.joined())
        }
    }

    @Test("what a client sends is passed on at once")
    func uploadAtOnce() async throws {
        try await serveTwoGeos(answer: { _, request in .ok(request.text) }) { router, nodes in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n")
            for count in 1...5 {
                try await client.send("1\r\nx\r\n")
                try await nodes.eu.record.value { $0.requests.first?.body.count == count ? () : nil }
            }
            try await client.send("0\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.text == "xxxxx")
        }
    }

    @Test("a client that waits for 100 Continue gets it, once the request is let through")
    func expectContinue() async throws {
        try await serveTwoGeos(answer: { _, request in .ok(request.text) }) { router, nodes in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            let interim = try await client.answer()
            #expect(interim.status == 100)
            try await client.send("abc")
            let answer = try await client.answer()
            #expect(answer.text == "abc")
            #expect(nodes.eu.requests[0]["Expect"] == nil)
        }
    }

    @Test("a client that waits for 100 Continue is refused without it where the request is refused")
    func expectRefusal() async throws {
        try await serveTwoGeos(limits: { $0.bodyBytes = 2 }) { router, nodes in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.status == 413)
            #expect(answer["Connection"] == "close")
            #expect(nodes.areUntouched)
        }
    }

    @Test("an answer that comes while the upload is under way is passed on, and the connection ends after it")
    func earlyAnswer() async throws {
        let node = try await RecordingNode.start(
            onHead: { _ in .text("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno") })
        try await RunningRouter.serve([("eu", [node.endpoint])]) { router in
            let client = try await router.connect()
            try await client.send("POST / HTTP/1.1\r\n\(Self.host)Content-Length: 100000\r\n\r\nabc")
            let answer = try await client.answer()
            #expect(answer.status == 401)
            #expect(answer.text == "no")
            #expect(answer["Connection"] == "close")
            #expect(try await client.rest().isEmpty)
            try await eventually { node.record.value.closed == node.record.value.connections }
        }
        await node.stop()
    }

    @Test("interim answers of a node are not passed on, and the answer is")
    func interim() async throws {
        let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        try await serveTwoGeos(answer: { _, _ in .text(early + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }) { router, _ in
            let answer = try await router.get(host: "acme.eu.portal.example.com")
            #expect(answer.status == 200)
            #expect(answer.text == "ok")
        }
    }

    @Test("a client that goes away ends what its node works on")
    func abort() async throws {
        try await serveTwoGeos(answer: { _, _ in .silence }) { router, nodes in
            let client = try await router.connect()
            try await client.send("GET /slow HTTP/1.1\r\n\(Self.host)\r\n")
            let connection = try await nodes.eu.request().connection
            #expect(connection.isOpen)
            try await client.close()
            try await eventually { !connection.isOpen }
            let line = try await router.log.line(containing: "request interrupted")
            #expect(line.contains("\"status\":499"))
        }
    }

    static let broken = [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n",
    ]

    @Test("an answer that its node breaks off never looks complete", arguments: broken)
    func brokenAnswer(bytes: String) async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenClose(bytes) }) { router, _ in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            await #expect(throws: AnswerError.self) { try await client.answer() }
            let line = try await router.log.line(containing: "request interrupted")
            #expect(line.contains("\"status\":200"))
        }
    }

    @Test("to an HTTP/1.0 client, a broken answer ends in a reset")
    func brokenAnswerHTTP10() async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenClose(Self.broken[1]) }) { router, _ in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.0\r\n\(Self.host)\r\n")
            _ = try await client.rest()
            #expect(client.inbox.value.wasReset)
        }
    }

    static let garbage = [
        "", "garbage\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 99 Low\r\n\r\n",
        "HTTP/1.1 600 High\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\r\n folded\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\u{00}b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 70_000))\r\n\r\n",
    ]

    @Test("an answer that cannot be read is a bad gateway", arguments: garbage)
    func unreadable(bytes: String) async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenClose(bytes) }) { router, _ in
            let answer = try await router.send("POST / HTTP/1.1\r\n\(Self.host)Content-Length: 0\r\n\r\n")
            #expect(answer.status == 502)
            #expect(answer["Content-Type"] == "application/problem+json")
        }
    }

    @Test(
        "an answer without a body keeps the length that it tells, and the connection stays in step",
        arguments: [
            ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "5"), ("GET", "HTTP/1.1 204 No Content\r\n\r\n", nil),
            ("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", nil),
            ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "5"),
            ("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", nil),
        ] as [(String, String, String?)])
    func withoutBody(method: String, bytes: String, length: String?) async throws {
        try await serveTwoGeos(answer: { _, request in request.target == "/" ? .text(bytes) : .ok("next") }) { router, _ in
            let client = try await router.connect()
            try await client.send("\(method) / HTTP/1.1\r\n\(Self.host)\r\nGET /next HTTP/1.1\r\n\(Self.host)\r\n")
            let answer = try await client.answer(toHead: true)
            #expect(answer["Content-Length"] == length)
            let next = try await client.answer()
            #expect(next.text == "next")
        }
    }

    @Test("an answer that ends with its connection reaches an HTTP/1.1 client in chunks and an HTTP/1.0 client until the end")
    func untilClose() async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenClose("HTTP/1.1 200 OK\r\n\r\nall of it") }) { router, _ in
            let modern = try await router.get(host: "acme.eu.portal.example.com")
            #expect(modern["Transfer-Encoding"] == "chunked")
            #expect(modern.text == "all of it")
            let old = try await router.send("GET / HTTP/1.0\r\n\(Self.host)\r\n")
            #expect(old["Transfer-Encoding"] == nil)
            #expect(old["Connection"] == "close")
            #expect(old.text == "all of it")
        }
    }
}
