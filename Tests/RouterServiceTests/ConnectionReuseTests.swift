import Testing

@Suite("Connections are used again where that is safe", .timeLimit(.minutes(5)))
struct ConnectionReuseTests {
    static let host = "Host: acme.eu.portal.example.com\r\n"

    @Test("pipelined requests are answered in their order")
    func pipelining() async throws {
        try await serveTwoGeos(answer: { geo, request in .ok("\(geo)\(request.target)\(request.text)") }) { router, nodes in
            let client = try await router.connect()
            var expected: [String] = []
            var requests = ""
            for number in 0..<20 {
                let geo = number.isMultiple(of: 3) ? "us" : "eu"
                requests += "POST /\(number) HTTP/1.1\r\nHost: acme.\(geo).portal.example.com\r\nContent-Length: 2\r\n\r\nab"
                expected.append("\(geo)/\(number)ab")
            }
            try await client.send(requests)
            for text in expected {
                let answer = try await client.answer()
                #expect(answer.text == text)
            }
            #expect(nodes.eu.requests.count + nodes.us.requests.count == 20)
        }
    }

    @Test("requests after one another use one connection to the node, and clients share it")
    func reuse() async throws {
        try await serveTwoGeos(answer: { _, request in .ok("\(request.connection.number)") }) { router, nodes in
            let first = try await router.get(host: "acme.eu.portal.example.com").text
            for _ in 0..<5 {
                let answer = try await router.get(host: "eu.api.example.com")
                #expect(answer.text == first)
            }
            #expect(nodes.us.requests.isEmpty)
        }
    }

    @Test("a client's connection serves several geos, each by connections of its own")
    func severalGeos() async throws {
        try await serveTwoGeos { router, nodes in
            let client = try await router.connect()
            for geo in ["eu", "us", "eu"] {
                try await client.send("GET / HTTP/1.1\r\nHost: acme.\(geo).portal.example.com\r\n\r\n")
                let answer = try await client.answer()
                #expect(answer.text == geo)
            }
            #expect(nodes.eu.requests.count == 2)
            #expect(nodes.us.requests.count == 1)
        }
    }

    static let lastWords: [NodeAnswer] = [
        .text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"),
        .text("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        .text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"),
    ]

    @Test("a node's connection is given up after its last answer, and after bytes that answer nothing", arguments: 0..<3)
    func givenUp(index: Int) async throws {
        try await serveTwoGeos(answer: { _, request in
            request.target == "/first" ? Self.lastWords[index] : .ok("\(request.connection.number)")
        }) { router, nodes in
            let first = try await router.get("/first", host: "acme.eu.portal.example.com")
            #expect(first.text == "ok")
            let used = try await nodes.eu.request().connection
            let second = try await router.get("/second", host: "acme.eu.portal.example.com")
            #expect(second.text != "\(used.number)")
            #expect(second.text != "poison")
            try await eventually { !used.isOpen }
        }
    }

    @Test("an answer that comes without a request is given to nobody")
    func unasked() async throws {
        try await serveTwoGeos { router, nodes in
            _ = try await router.get(host: "acme.eu.portal.example.com")
            let used = try await nodes.eu.request().connection
            try await used.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")
            try await eventually { !used.isOpen }
            let answer = try await router.get(host: "acme.eu.portal.example.com")
            #expect(answer.text == "eu")
        }
    }

    @Test(
        "a request that can be repeated is, on a new connection, when the node closes without a word",
        arguments: ["GET", "DELETE"])
    func repeated(method: String) async throws {
        let count = Watched(0)
        try await serveTwoGeos(answer: { _, _ in
            count.update { count in
                count += 1
                return count
            } == 1 ? .textThenClose("") : .ok("second")
        }) { router, nodes in
            let answer = try await router.send("\(method) / HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(answer.text == "second")
            #expect(nodes.eu.requests.count == 2)
            #expect(nodes.eu.requests[0].connection.number != nodes.eu.requests[1].connection.number)
            #expect(nodes.eu.requests[0].fields.map(\.value) == nodes.eu.requests[1].fields.map(\.value))
            #expect(nodes.us.requests.isEmpty)
        }
    }

    @Test("it is repeated once only")
    func repeatedOnce() async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenReset("") }) { router, nodes in
            let answer = try await router.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(answer.status == 502)
            #expect(nodes.eu.requests.count == 2)
        }
    }

    @Test(
        "a request that changes something, or has a body, is never sent twice",
        arguments: [
            "POST / HTTP/1.1\r\n\(host)\r\n", "PATCH / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n",
            "PUT / HTTP/1.1\r\n\(host)Content-Length: 1\r\n\r\nx",
        ])
    func neverTwice(request: String) async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenClose("") }) { router, nodes in
            let answer = try await router.send(request)
            #expect(answer.status == 502)
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("a request whose answer has begun is not repeated")
    func begun() async throws {
        try await serveTwoGeos(answer: { _, _ in .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") }) {
            router, nodes in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
            await #expect(throws: AnswerError.self) { try await client.answer() }
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("a client that asks for the end of its connection gets it", arguments: ["HTTP/1.1\r\nConnection: close", "HTTP/1.0"])
    func close(version: String) async throws {
        try await serveTwoGeos { router, _ in
            let client = try await router.connect()
            try await client.send("GET / \(version)\r\n\(Self.host)\r\n")
            let answer = try await client.answer()
            #expect(answer["Connection"] == "close")
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("bytes after the last request of a connection do not take its answer away")
    func afterClose() async throws {
        try await serveTwoGeos(answer: { _, _ in .ok(String(repeating: "x", count: 500_000)) }) { router, nodes in
            let client = try await router.connect(reads: false)
            try await client.send("GET / HTTP/1.1\r\n\(Self.host)Connection: close\r\n\r\n")
            try await client.send(String(repeating: "GET /more HTTP/1.1\r\n\(Self.host)\r\n", count: 1000))
            _ = try await nodes.eu.request()
            try await client.beginReading()
            let answer = try await client.answer()
            #expect(answer.body.count == 500_000)
            #expect(try await client.rest().isEmpty)
            #expect(!client.inbox.value.wasReset)
            #expect(nodes.eu.requests.count == 1)
        }
    }

    @Test("the connection on which a request was repeated is used again")
    func repeatedAndKept() async throws {
        let node = try await RecordingNode.start(answer: { request in
            request.target == "/first" && request.connection.number == 2
                ? .textThenClose("") : .ok("\(request.connection.number)")
        })
        try await RunningRouter.serve([("eu", [node.endpoint])]) { router in
            // The first connection is that of the health check.
            try await router.becomeHealthy("eu")
            let first = try await router.get("/first", host: "acme.eu.portal.example.com")
            let second = try await router.get("/second", host: "acme.eu.portal.example.com")
            #expect(first.text == "3")
            #expect(second.text == "3")
        }
        await node.stop()
    }
}
