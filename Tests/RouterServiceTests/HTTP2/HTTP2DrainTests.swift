import NIOCore
import Testing

@Suite("A router that is told to stop lets the streams of HTTP/2 end", .timeLimit(.minutes(5)))
struct HTTP2DrainTests {
    typealias Frames = HTTP2Frames

    @Test("requests in flight end, a new one is not begun, and then the connection ends")
    func graceful() async throws {
        try await HTTP2Router.serve(answer: { _, request in request.target == "/slow" ? .silence : .ok("fine") }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request("GET", "/slow", [])))
            let connection = try await router.nodes.eu.request().connection
            async let drained: Void = router.drain(within: .hours(1))
            let end = try await client.goAway()
            #expect(end.code == 0)
            #expect(end.last == 1)
            // A client that has not heard it reads there that this was not worked on, and may try it elsewhere.
            try await client.send(Frames.headers(3, Frames.request()))
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")
            let answer = try await client.answer(1)
            #expect(answer.isComplete)
            #expect(answer.text == "slow")
            try await client.end()
            await drained
            #expect(router.nodes.eu.requests.map(\.target) == ["/slow"])
        }
    }

    @Test("a connection without a stream ends at once")
    func idle() async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            _ = try await client.setting(3)
            try await client.send(Frames.headers(1, Frames.request()))
            #expect(try await client.answer().status == "200")
            async let drained: Void = router.drain(within: .hours(1))
            #expect(try await client.goAway().last == 1)
            try await client.end()
            await drained
        }
    }

    @Test("what does not end in the time that is given is broken off")
    func outOfTime() async throws {
        try await HTTP2Router.serve(answer: { _, _ in .silence }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request()))
            let connection = try await router.nodes.eu.request().connection
            await router.drain(within: .milliseconds(50))
            try await client.end()
            try await eventually { !connection.isOpen }
            _ = try await router.log.line(containing: "\"status\":503")
        }
    }
}
