import Testing

@testable import RouterService

@Suite("The windows of HTTP/2 hold back what nobody takes", .timeLimit(.minutes(5)))
struct HTTP2WindowTests {
    typealias Frames = HTTP2Frames

    @Test("a window is opened when half of it is used, by what was taken and never by what waits")
    func inbound() {
        var window = InboundWindow(target: 100)
        var openings = [window.changed(to: 100)]
        window.received(30)
        openings += [window.changed(to: 70), window.taken(30)]
        window.received(60)
        openings += [window.changed(to: 10), window.taken(60)]
        #expect(openings == [nil, nil, nil, nil, 90])
        // The client is not told yet: what comes meanwhile opens nothing twice.
        window.received(10)
        openings = [window.changed(to: 0), window.taken(10)]
        window.opened(by: 90)
        openings += [window.changed(to: 90), window.changed(to: 40)]
        #expect(openings == [nil, nil, nil, 60])
    }

    @Test("a window is opened for padding too, and not after the last frame")
    func paddingAndEnd() {
        var window = InboundWindow(target: 100)
        window.received(1)
        var openings = [window.taken(1), window.changed(to: 40)]
        window.opened(by: 60)
        window.close()
        openings.append(window.changed(to: 1))
        #expect(openings == [nil, 60, nil])
    }

    @Test("an answer stops at the high mark, and goes on from the low one")
    func outbound() {
        var bytes = OutboundBytes()
        let stops = [bytes.added(64 * 1024 - 1), bytes.added(1), bytes.added(1000)]
        #expect(stops == [false, true, false])
        #expect(bytes.isFull)
        let starts = [bytes.left(32 * 1024), bytes.left(1000), bytes.left(32 * 1024)]
        #expect(starts == [false, true, false])
        #expect(!bytes.isFull)
    }

    @Test("a request that waits for its node is sent no further than its window, and all of it when its turn comes")
    func upload() async throws {
        let size = 1_000_000
        try await HTTP2Router.serve(
            limits: { $0.upstreamConnections = 1 },
            answer: { _, request in request.method == "GET" ? .silence : .ok("\(request.body.count)") }
        ) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request()))
            let connection = try await router.nodes.eu.request().connection
            try await client.send(Frames.headers(3, Frames.request("POST", [("content-length", "\(size)")]), ends: false))
            async let upload: Void = client.upload(size, on: 3)
            #expect(try await standstill { await client.uploaded } == 65_535)
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await upload
            #expect(try await client.answer(3).text == "\(size)")
        }
    }

    @Test("a client that takes its answers is told to have them, and none is noted as broken off", arguments: ["GET", "HEAD"])
    func record(method: String) async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            for stream in [1, 3, 5] { try await client.send(Frames.headers(stream, Frames.request(method))) }
            for stream in [1, 3, 5] { #expect(try await client.answer(stream).status == "200") }
            try await eventually { router.log.lines.count { $0.contains("\"message\":\"request\"") } == 3 }
            #expect(!router.log.lines.contains { $0.contains("request interrupted") })
        }
    }
}
