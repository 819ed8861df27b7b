import Testing

@Suite("Header fields end at the router where they must", .timeLimit(.minutes(5)))
struct HeaderFieldTests {
    static let host = "acme.eu.portal.example.com"

    @Test("what is about one connection only does not reach the node")
    func requestHops() async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(
                host: Self.host, fields: "Connection: close, X-Secret , x-other", "cOnNeCtIoN: third", "X-SECRET: 1",
                "X-Other: 2", "Third: 3", "Keep-Alive: timeout=5", "Proxy-Connection: keep-alive", "TE: trailers",
                "Trailer: X", "Upgrade: h2c", "Proxy-Authorization: Basic eA==", "Proxy-Authenticate: Basic", "X-Kept: 4",
                "Accept:text/html", "X-Empty:")
            #expect(answer.status == 200)
            let request = try await nodes.eu.request()
            for name in [
                "Connection", "X-Secret", "X-Other", "Third", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade",
                "Proxy-Authorization", "Proxy-Authenticate",
            ] { #expect(request[name] == nil, "\(name)") }
            #expect(request["X-Kept"] == "4")
            #expect(request["Accept"] == "text/html")
            #expect(request["X-Empty"] == "")
        }
    }

    @Test("nor does it reach the client")
    func answerHops() async throws {
        let head = """
            HTTP/1.1 200 OK\r\nConnection: X-Secret, close\r\nX-SECRET: 1\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r
            Upgrade: h2c\r\nTrailer: X\r\nTE: x\r\nAlt-Svc: h2="acme.us.portal.example.com:443"\r\nX-Request-ID: node\r
            X-Kept: 2\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n
            """
        try await serveTwoGeos(answer: { _, _ in .text(head) }) { router, _ in
            let client = try await router.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: \(Self.host)\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.text == "ok")
            for name in ["Connection", "X-Secret", "Keep-Alive", "Proxy-Connection", "Upgrade", "Trailer", "TE", "Alt-Svc"] {
                #expect(answer[name] == nil, "\(name)")
            }
            #expect(answer["X-Kept"] == "2")
            #expect(answer.values("Set-Cookie") == ["a=b", "c=d"])
            #expect(answer.values("X-Request-ID").count == 1)
            #expect(answer["X-Request-ID"] != "node")
            #expect(client.isOpen)
        }
    }

    @Test(
        "a request whose Connection field names a field that frames, routes or opens something is refused",
        arguments: ["content-length", "host", "x-forwarded-for", "forwarded", "x-request-id", "cookie", "authorization"])
    func connectionNamesFraming(name: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.send(
                "POST / HTTP/1.1\r\nHost: \(Self.host)\r\nConnection: keep-alive, \(name)\r\nContent-Length: 3\r\n\r\nabc")
            #expect(answer.status == 400)
            #expect(nodes.areUntouched)
        }
    }

    @Test("what a client says of its own way is replaced by what the router knows")
    func forwarding() async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(
                host: "Acme.EU.portal.example.com:8443", fields: "X-Forwarded-For: 6.6.6.6", "x-forwarded-for: 7.7.7.7",
                "X-Forwarded-Host: acme.us.portal.example.com", "X-Forwarded-Proto: gopher", "X-Forwarded-Port: 1",
                "X-Forwarded-Server: x", "X-Forwarded-Prefix: /x", "X-Real-IP: 6.6.6.6", "Via: 1.1 x",
                "Forwarded: for=6.6.6.6;host=acme.us.portal.example.com", "X-Request-ID: chosen")
            let request = try await nodes.eu.request()
            #expect(request.values("X-Forwarded-For") == ["127.0.0.1"])
            #expect(request.values("X-Forwarded-Host") == ["Acme.EU.portal.example.com:8443"])
            #expect(request.values("X-Forwarded-Proto") == ["https"])
            #expect(
                request.values("Forwarded") == ["for=127.0.0.1;host=\"Acme.EU.portal.example.com:8443\";proto=https"])
            for name in ["X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Real-IP", "Via"] {
                #expect(request[name] == nil, "\(name)")
            }
            let id = try #require(request["X-Request-ID"])
            #expect(request.values("X-Request-ID").count == 1)
            #expect(id.count == 32)
            #expect(id != "chosen")
            #expect(answer["X-Request-ID"] == id)
        }
    }

    @Test("each request has an id of its own")
    func requestIDs() async throws {
        try await serveTwoGeos { router, _ in
            var ids: Set<String> = []
            for host in [Self.host, Self.host, "unknown.example", "portal.example.com"] {
                let answer = try await router.get(host: host)
                ids.insert(answer["X-Request-ID"] ?? "")
            }
            #expect(ids.count == 4)
            #expect(!ids.contains(""))
        }
    }

    @Test("fields that have no business behind the router are counted, and the log is told once")
    func dropped() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nUpgrade: h2c\r\nProxy-Status: secret\r\nAlt-Svc: secret\r\n\r\n"
        try await serveTwoGeos(answer: { _, _ in .text(head) }) { router, _ in
            for _ in 0..<3 {
                let answer = try await router.get(host: Self.host)
                #expect(answer["Proxy-Status"] == nil)
            }
            for (field, count) in [("upgrade", 3), ("proxy", 3), ("alt_svc", 3), ("te", 0)] {
                let metric = "portolan_router_response_fields_dropped_total{geo=\"eu\",field=\"\(field)\"}"
                #expect(try await router.metric(metric) == count)
            }
            let lines = router.log.lines.filter { $0.contains("field left out") }
            #expect(lines.count == 3)
            #expect(!lines.contains { $0.contains("secret") })
        }
    }

    static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test("a sound trace context is passed on")
    func trace() async throws {
        try await serveTwoGeos { router, nodes in
            _ = try await router.get(host: Self.host, fields: "traceparent: \(Self.parent)", "tracestate: a=1", "tracestate: b=2")
            let request = try await nodes.eu.request()
            #expect(request.values("traceparent") == [Self.parent])
            #expect(request.values("tracestate") == ["a=1", "b=2"])
        }
    }

    @Test(
        "one that is not sound is dropped",
        arguments: [
            parent.uppercased(), parent + "-00", String(parent.dropLast()), "ff" + parent.dropFirst(2),
            "01" + parent.dropFirst(2),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", "", parent + "\r\ntraceparent: " + parent,
            parent + "\r\ntracestate: " + String(repeating: "x", count: 510),
        ])
    func unsoundTrace(value: String) async throws {
        try await serveTwoGeos { router, nodes in
            let answer = try await router.get(host: Self.host, fields: "traceparent: \(value)", "tracestate: a=1")
            #expect(answer.status == 200)
            let request = try await nodes.eu.request()
            #expect(request["traceparent"] == nil)
            #expect(request["tracestate"] == nil)
        }
    }
}
