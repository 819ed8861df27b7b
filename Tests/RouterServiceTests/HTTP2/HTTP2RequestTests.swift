import NIOCore
import Testing

@Suite("A request in HTTP/2 reaches its geo's node as one in HTTP/1.1, and its answer comes back", .timeLimit(.minutes(5)))
struct HTTP2RequestTests {
    typealias Frames = HTTP2Frames

    @Test("a request without a body")
    func get() async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("GET", "/catalog?page=2", [("accept", "text/html")])))
            let answer = try await client.answer()
            #expect(answer.status == "200")
            #expect(answer.text == "eu")
            #expect(answer["content-length"] == "2")
            #expect(answer["x-request-id"] != nil)
            let request = try await router.nodes.eu.request()
            #expect(request.method == "GET")
            #expect(request.target == "/catalog?page=2")
            #expect(request.values("host") == ["acme.eu.portal.example.com"])
            #expect(request["accept"] == "text/html")
            #expect(request["x-forwarded-for"] == "127.0.0.1")
            #expect(request["transfer-encoding"] == nil)
            #expect(router.nodes.us.requests.isEmpty)
        }
    }

    @Test("nothing that is about a connection comes back, and chunks become DATA frames")
    func answerFields() async throws {
        let text = "HTTP/1.1 200 OK\r\nConnection: keep-alive, x-hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-Stays: Yes\r\n"
        try await HTTP2Router.serve(answer: { _, _ in
            .text(text + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")
        }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request()))
            let answer = try await client.answer()
            #expect(answer.text == "abcde")
            #expect(answer.fields.map(\.name) == [":status", "x-stays", "x-request-id"])
        }
    }

    @Test("bodies: of a told length, of an untold one, with an empty last frame, with padding, and none")
    func bodies() async throws {
        try await HTTP2Router.serve(answer: { _, request in .ok(request.text) }) { router in
            let client = try await router.connect()
            let post = Frames.request("POST")
            try await client.send(
                Frames.headers(1, post + [("content-length", "3")], ends: false), Frames.data(1, "abc", ends: true),
                Frames.headers(3, post, ends: false), Frames.data(3, "de"), Frames.data(3, "f", ends: true),
                Frames.headers(5, post + [("content-length", "3")], ends: false), Frames.data(5, "ghi"),
                Frames.data(5, "", ends: true),
                Frames.headers(7, post, ends: false), Frames.frame(.data, flags: 0x9, stream: 7, [2, 0x78, 0, 0]),
                Frames.headers(9, post + [("content-length", "0")], ends: false), Frames.data(9, "", ends: true),
                Frames.headers(11, post))
            for (stream, text) in [1: "abc", 3: "def", 5: "ghi", 7: "x", 9: "", 11: ""] {
                let answer = try await client.answer(stream)
                #expect(answer.status == "200")
                #expect(answer.text == text)
            }
        }
    }

    @Test("the crumbs of a cookie are put together, and trailers go no further")
    func cookiesAndTrailers() async throws {
        try await HTTP2Router.serve(answer: { _, request in .ok(request.text) }) { router in
            let client = try await router.connect()
            let fields = [("cookie", "a=1"), ("te", "trailers"), ("cookie", "b=2"), ("cookie", "c=3")]
            try await client.send(
                Frames.headers(1, Frames.request("POST", fields), ends: false), Frames.data(1, "body"),
                Frames.headers(1, [("x-sum", "1")]))
            let answer = try await client.answer()
            #expect(answer.text == "body")
            let request = try await router.nodes.eu.request()
            #expect(request.values("cookie") == ["a=1; b=2; c=3"])
            #expect(request["te"] == nil)
            #expect(!router.nodes.eu.received(on: 1).contains("x-sum"))
        }
    }

    @Test("a HEAD request and a 304 have no body, and their lengths stay")
    func noBody() async throws {
        try await HTTP2Router.serve(answer: { _, request in
            request.method == "HEAD"
                ? .text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n") : .text("HTTP/1.1 304 Not Modified\r\n\r\n")
        }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("HEAD")), Frames.headers(3, Frames.request()))
            let head = try await client.answer(1)
            #expect(head["content-length"] == "10")
            #expect(head.body.isEmpty)
            #expect(try await client.answer(3).status == "304")
        }
    }

    @Test("a client that waits before it sends a body is told to go on, and no node's interim answer comes through")
    func expectation() async throws {
        try await HTTP2Router.serve(answer: { _, request in
            .text("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\(request.text)")
        }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("POST", [("expect", "100-continue")]), ends: false))
            _ = try await client.answer(1) { $0.interim == ["100"] }
            try await client.send(Frames.data(1, "body", ends: true))
            let answer = try await client.answer()
            #expect(answer.interim == ["100"])
            #expect(answer.text == "body")
        }
    }

    @Test("a hundred requests at the same time are each given their own answer")
    func parallel() async throws {
        try await HTTP2Router.serve(answer: { geo, request in .ok("\(geo) \(request.target)") }) { router in
            let client = try await router.connect()
            let streams = (0..<100).map { $0 * 2 + 1 }
            let hosts = ["acme.eu.portal.example.com", "acme.us.portal.example.com"]
            let frames = streams.flatMap { stream in
                Frames.headers(stream, Frames.request("GET", "/\(stream)", host: hosts[stream / 2 % 2]))
            }
            try await client.send(frames)
            for stream in streams {
                let answer = try await client.answer(stream)
                #expect(answer.text == "\(stream / 2 % 2 == 0 ? "eu" : "us") /\(stream)")
            }
        }
    }

    @Test("a connection may ask for another host, and one that is no geo's is 421 without an end of the others")
    func coalescing() async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            let hosts = ["acme.eu.portal.example.com", "eu.api.example.com", "nobody.example", "developers.eu-company.example"]
            for (index, host) in hosts.enumerated() {
                try await client.send(Frames.headers(index * 2 + 1, Frames.request(host: host)))
                let answer = try await client.answer(index * 2 + 1)
                #expect(answer.status == (host == "nobody.example" ? "421" : "200"))
            }
            #expect(router.nodes.us.requests.isEmpty)
        }
    }

    @Test("large bodies go through both ways, within the windows")
    func large() async throws {
        let size = 4_000_000
        let answer = String(repeating: "y", count: size)
        try await HTTP2Router.serve(
            limits: { $0.bodyBytes = size },
            answer: { _, request in
                request.method == "POST" ? .ok("\(request.body.count)") : .ok(answer)
            }
        ) { router in
            let client = try await router.connect()
            try await client.send(
                Frames.headers(1, Frames.request("POST", [("content-length", "\(size)")]), ends: false))
            try await client.upload(size, on: 1)
            #expect(try await client.answer(1).text == "\(size)")
            try await client.send(Frames.headers(3, Frames.request("POST"), ends: false))
            try await client.upload(size, on: 3)
            #expect(try await client.answer(3).text == "\(size)")
            let reading = try await router.connect()
            try await reading.send(Frames.headers(1, Frames.request()))
            #expect(try await reading.answer().body.count == size)
        }
    }

    @Test("a client that opens no window stops the node's answer, and gets it when it does")
    func backPressure() async throws {
        try await HTTP2Router.serve(answer: { _, _ in .silence }) { router in
            let client = try await router.connect(window: 1000)
            try await client.send(Frames.headers(1, Frames.request()))
            let connection = try await router.nodes.eu.request().connection
            let size = StreamingTests.large
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let sent = Watched(0)
            async let flood: Void = connection.flood(bytes: size, sent: sent)
            #expect(try await standstill { sent.value } < StreamingTests.inTransit)
            let waiting = try await client.answer(1) { $0.body.count == 1000 }
            #expect(!waiting.isComplete)
            try await client.send(Frames.windowUpdate(1, size))
            #expect(try await client.answer().body.count == size)
            try await flood
        }
    }

    @Test("what a node sends is passed on at once, and what a client sends too")
    func atOnce() async throws {
        try await HTTP2Router.serve(answer: { _, _ in .silence }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("POST"), ends: false))
            for count in 1...5 {
                try await client.send(Frames.data(1, "x"))
                try await router.nodes.eu.record.value { $0.requests.first?.body.count == count ? () : nil }
            }
            try await client.send(Frames.data(1, "", ends: true))
            let connection = try await router.nodes.eu.request().connection
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
            _ = try await client.answer(1) { $0["content-type"] == "text/event-stream" }
            for number in 1...5 {
                try await connection.send("data: \(number)\n\n")
                _ = try await client.answer(1) { $0.text.hasSuffix("data: \(number)\n\n") }
            }
            try await connection.close()
            #expect(try await client.answer().isComplete)
        }
    }

    @Test(
        "an answer that is broken off is a reset of its stream and no clean end, and the other streams go on",
        arguments: ["Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"])
    func brokenAnswer(rest: String) async throws {
        try await HTTP2Router.serve(answer: { _, request in
            request.target == "/broken" ? .textThenReset("HTTP/1.1 200 OK\r\n\(rest)") : .ok("fine")
        }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("GET", "/broken")))
            let broken = try await client.answer(1)
            #expect(broken.reset == 2)
            #expect(!broken.isComplete)
            try await client.send(Frames.headers(3, Frames.request()))
            #expect(try await client.answer(3).text == "fine")
        }
    }

    @Test("an answer before the request's end comes whole, and tells the client to stop")
    func early() async throws {
        try await HTTP2Router.serve(
            limits: { $0.bodyBytes = 10 }, onHead: { $0.target == "/early" ? .ok("enough") : nil }
        ) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("POST", "/early"), ends: false))
            let early = try await client.answer(1) { $0.reset != nil }
            #expect(early.text == "enough")
            #expect(early.isComplete)
            #expect(early.reset == 0)
            try await client.send(Frames.headers(3, Frames.request("POST", [("content-length", "11")]), ends: false))
            let large = try await client.answer(3) { $0.reset != nil }
            #expect(large.status == "413")
            #expect(large.reset == 0)
        }
    }

    @Test("a client that resets a stream lets its node go, and the connection goes on")
    func clientReset() async throws {
        try await HTTP2Router.serve(answer: { _, request in request.target == "/slow" ? .silence : .ok("fine") }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("GET", "/slow")))
            let connection = try await router.nodes.eu.request().connection
            try await client.send(Frames.reset(1), Frames.headers(3, Frames.request()))
            try await eventually { !connection.isOpen }
            #expect(try await client.answer(3).text == "fine")
            _ = try await router.log.line(containing: "\"status\":499")
        }
    }
}
