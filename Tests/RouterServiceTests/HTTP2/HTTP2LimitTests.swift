import NIOCore
import Testing

@testable import RouterService

@Suite("The limits of HTTP/2 hold at their edges", .timeLimit(.minutes(5)))
struct HTTP2LimitTests {
    typealias Frames = HTTP2Frames
    static let calm = 11

    @Test("as many streams as allowed are served, and one more ends the connection")
    func streams() async throws {
        try await HTTP2Router.serve(limits: { $0.http2Streams = 3 }, answer: { _, _ in .silence }) { router in
            let client = try await router.connect()
            #expect(try await client.setting(3) == 3)
            for stream in [1, 3, 5] { try await client.send(Frames.headers(stream, Frames.request())) }
            _ = try await router.nodes.eu.request(2)
            try await client.send(Frames.headers(7, Frames.request()))
            #expect(try await client.goAway().code == 1)
            try await client.end()
            #expect(router.nodes.eu.requests.count == 3)
        }
    }

    @Test("fields of the limit pass, one byte more is 431, and a list of many times the limit ends the connection")
    func fields() async throws {
        @Sendable func request(ofHeadBytes count: Int) -> [(String, String)] {
            let head = "GET / HTTP/1.1\r\nhost: acme.eu.portal.example.com\r\nx-padding: \r\n\r\n"
            return Frames.request("GET", [("x-padding", String(repeating: "x", count: count - head.utf8.count))])
        }
        try await HTTP2Router.serve(limits: { $0.headerBytes = 4096 }) { router in
            let client = try await router.connect()
            _ = try await client.setting(6)
            try await client.send(Frames.headers(1, request(ofHeadBytes: 4096)))
            #expect(try await client.answer(1).status == "200")
            try await client.send(Frames.headers(3, request(ofHeadBytes: 4097)))
            #expect(try await client.answer(3).status == "431")
            let pieces = request(ofHeadBytes: 16_000).map { Frames.block([$0]) }
            try await client.send(
                Frames.frame(.headers, flags: Frames.endStream, stream: 5, Array(pieces[0..<4].joined())),
                Frames.frame(.continuation, flags: Frames.endHeaders, stream: 5, pieces[4]))
            #expect(try await client.goAway().code == 1)
            try await client.end()
            #expect(router.nodes.eu.requests.count == 1)
        }
    }

    /// Sends a frame as often as allowed, and asks whether the connection still serves; then once more.
    private func flood(
        _ limits: (inout RouterLimits) -> Void = { _ in }, allowed: Int, first: [UInt8] = [],
        frame: @Sendable (Int) -> [UInt8]
    ) async throws {
        try await HTTP2Router.serve(limits: limits) { router in
            let client = try await router.connect()
            _ = try await client.setting(3)
            try await client.send(first)
            for number in 0..<allowed { try await client.send(frame(number)) }
            try await client.send(Frames.headers(9001, Frames.request()))
            #expect(try await client.answer(9001).status == "200")
            for number in allowed...(allowed + 4) { try? await client.send(frame(number)) }
            #expect(try await client.goAway().code == Self.calm)
            try await client.end()
            try await eventually { router.shared.metrics.connections.value == 0 }
            #expect(router.shared.metrics.http2Failures.value == 1)
            #expect(router.nodes.eu.requests.count == 1)
        }
    }

    /// Streams in order: those before the request that shows that the connection serves, and those after it.
    private static func stream(_ number: Int, allowed: Int) -> Int { number < allowed ? number * 2 + 1 : number * 2 + 10_001 }

    @Test("rapid resets (CVE-2023-44487) end the connection")
    func resets() async throws {
        let request = Frames.request(host: "nobody.example")
        try await flood({ $0.http2Resets = 20 }, allowed: 20) { number in
            let stream = Self.stream(number, allowed: 20)
            return Frames.headers(stream, request, ends: false) + Frames.reset(stream)
        }
    }

    @Test("streams that are no requests end the connection when they are many")
    func malformed() async throws {
        try await flood({ $0.http2Resets = 20 }, allowed: 20) { number in
            Frames.headers(Self.stream(number, allowed: 20), [(":method", "GET")])
        }
    }

    @Test("a flood of PING, SETTINGS or PRIORITY frames ends the connection", arguments: ["ping", "settings", "priority"])
    func control(kind: String) async throws {
        // The client's first SETTINGS frame, and its answer to the router's, are counted too.
        try await flood({ $0.http2ControlFrames = 20 }, allowed: 18) { _ in
            switch kind {
            case "ping": Frames.ping()
            case "settings": Frames.settings()
            default: Frames.frame(.priority, stream: 3, [0, 0, 0, 0, 1])
            }
        }
    }

    @Test("a flood of frames of an unknown type ends the connection")
    func unknownFrames() async throws {
        try await flood({ $0.http2ControlFrames = 20 }, allowed: 20) { _ in Frames.frame(0x42) }
    }

    @Test("WINDOW_UPDATE frames for which nothing was sent end the connection")
    func windowUpdates() async throws {
        try await HTTP2Router.serve(limits: { $0.http2ControlFrames = 20 }) { router in
            let client = try await router.connect(window: 65_535)
            _ = try await client.setting(3)
            try await client.send(Frames.headers(1, Frames.request("POST", []), ends: false))
            for _ in 0..<60 { try? await client.send(Frames.windowUpdate(1, 1)) }
            #expect(try await client.goAway().code == Self.calm)
            try await client.end()
        }
    }

    @Test("a client that takes a large answer in small windows is no flood")
    func smallWindows() async throws {
        let answer = String(repeating: "y", count: 200_000)
        try await HTTP2Router.serve(limits: { $0.http2ControlFrames = 10 }, answer: { _, _ in .ok(answer) }) { router in
            let client = try await router.connect(window: 2000)
            try await client.send(Frames.headers(1, Frames.request()))
            for received in stride(from: 2000, to: 200_000, by: 2000) {
                _ = try await client.answer(1) { $0.body.count == received }
                try await client.send(Frames.windowUpdate(1, 2000))
            }
            #expect(try await client.answer().body.count == 200_000)
        }
    }

    @Test("one empty DATA frame is forgiven, two in a row end the connection")
    func emptyData() async throws {
        try await HTTP2Router.serve(answer: { _, request in .ok(request.text) }) { router in
            let client = try await router.connect()
            try await client.send(
                Frames.headers(1, Frames.request("POST", []), ends: false), Frames.data(1, ""), Frames.data(1, "a", ends: true))
            #expect(try await client.answer(1).text == "a")
            try await client.send(
                Frames.headers(3, Frames.request("POST", []), ends: false), Frames.data(3, ""), Frames.data(3, ""))
            #expect(try await client.goAway().code == Self.calm)
            try await client.end()
            #expect(router.nodes.eu.requests.count { $0.isComplete } == 1)
        }
    }

    @Test("five CONTINUATION frames pass, a flood of them (CVE-2024-27316) ends the connection")
    func continuation() async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connect()
            let block = Frames.block(Frames.request("GET", [("x-a", "1"), ("x-b", "2")]))
            func send(_ stream: Int, continuations: Int) async throws {
                let size = block.count / (continuations + 1)
                let pieces = (0...continuations).map { number in
                    Array(block[(number * size)..<(number == continuations ? block.count : (number + 1) * size)])
                }
                try await client.send(Frames.frame(.headers, flags: Frames.endStream, stream: stream, pieces[0]))
                for (index, piece) in pieces.dropFirst().enumerated() {
                    let flags = index == continuations - 1 ? Frames.endHeaders : 0
                    try? await client.send(Frames.frame(.continuation, flags: flags, stream: stream, piece))
                }
            }
            try await send(1, continuations: 5)
            #expect(try await client.answer(1).status == "200")
            try await send(3, continuations: 6)
            #expect(try await client.goAway().code == Self.calm)
            try await client.end()
            #expect(router.nodes.eu.requests.count == 1)
        }
    }

    @Test(
        "what is no HTTP/2 ends the connection",
        arguments: [
            Array("GET / HTTP/1.1\r\nhost: acme.eu.portal.example.com\r\n\r\n".utf8), HTTP2Frames.preface + HTTP2Frames.ping(),
            HTTP2Frames.preface + HTTP2Frames.headers(1, HTTP2Frames.request()),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.headers(2, HTTP2Frames.request()),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.headers(0, HTTP2Frames.request()),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.data(1, "early"),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.frame(.pushPromise, stream: 1, [0, 0, 0, 2]),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.frame(.continuation, flags: 4, stream: 1, [0]),
            HTTP2Frames.preface + HTTP2Frames.settings()
                + HTTP2Frames.frame(.data, stream: 1, [UInt8](repeating: 0, count: 16_385)),
            HTTP2Frames.preface + HTTP2Frames.settings([(2, 7)]), HTTP2Frames.preface + HTTP2Frames.settings([(4, 1 << 31)]),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.windowUpdate(0, 0),
            HTTP2Frames.preface + HTTP2Frames.settings() + HTTP2Frames.headers(1, HTTP2Frames.request("GET", [("", "x")])),
            HTTP2Frames.preface + HTTP2Frames.settings()
                + HTTP2Frames.frame(.headers, flags: 5, stream: 1, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ])
    func noHTTP2(bytes: [UInt8]) async throws {
        try await HTTP2Router.serve { router in
            let client = try await router.connectSilently()
            try await client.send(bytes)
            try await client.end()
            #expect(router.nodes.areUntouched)
            try await eventually { router.shared.metrics.connections.value == 0 }
        }
    }

    @Test("a connection that does not begin in time is closed", arguments: [0, 10, 24])
    func preface(bytes: Int) async throws {
        try await HTTP2Router.serve(limits: { $0.headerTimeout = .milliseconds(100) }) { router in
            let client = try await router.connectSilently()
            // It may be closed before this is sent.
            try? await client.send(Array(HTTP2Frames.preface.prefix(bytes)))
            try await client.end()
        }
    }

    @Test("fields that do not end in time end the connection, also beside another stream")
    func headTimeout() async throws {
        try await HTTP2Router.serve(limits: { $0.headerTimeout = .seconds(5) }, answer: { _, _ in .silence }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request()))
            let connection = try await router.nodes.eu.request().connection
            try await client.send(Frames.frame(.headers, stream: 3, Frames.block([(":method", "GET")])))
            #expect(try await client.goAway().code == 1)
            try await client.end()
            try await eventually { !connection.isOpen }
        }
    }

    @Test("a connection without a stream is told so, and closed")
    func idle() async throws {
        try await HTTP2Router.serve(limits: { $0.idleTimeout = .seconds(5) }) { router in
            let client = try await router.connect()
            try await client.send(Frames.headers(1, Frames.request()))
            #expect(try await client.answer().status == "200")
            let end = try await client.goAway()
            #expect(end.code == 0)
            #expect(end.last == 1)
            try await client.end()
        }
    }

    @Test("a client that opens streams and no windows is let go, and so are its nodes")
    func stalled() async throws {
        let answer = String(repeating: "y", count: 1_000_000)
        try await HTTP2Router.serve(limits: { $0.idleTimeout = .seconds(5) }, answer: { _, _ in .ok(answer) }) { router in
            let client = try await router.connect(window: 0)
            for stream in [1, 3, 5] { try await client.send(Frames.headers(stream, Frames.request())) }
            for stream in [1, 3, 5] {
                let answer = try await client.answer(stream)
                #expect(answer.reset == 2 || answer.reset == 8)
                #expect(!answer.isComplete)
            }
            try await client.end()
            try await eventually { router.nodes.eu.record.value.closed == 3 }
        }
    }

    @Test("a connection is counted once, whatever streams it has, and one too many is closed")
    func connections() async throws {
        try await HTTP2Router.serve(limits: { $0.connections = 1 }, answer: { _, _ in .silence }) { router in
            let client = try await router.connect()
            for stream in [1, 3, 5] { try await client.send(Frames.headers(stream, Frames.request())) }
            _ = try await router.nodes.eu.request(2)
            #expect(router.shared.metrics.connections.value == 1)
            try await router.connectSilently().end()
            #expect(router.shared.metrics.connectionsRefused.value == 1)
        }
    }
}
