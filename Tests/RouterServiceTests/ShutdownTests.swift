import NIOCore
import Testing

@Suite("A router that is told to stop loses no request", .timeLimit(.minutes(5)))
struct ShutdownTests {
    static let host = "Host: acme.eu.portal.example.com\r\n"

    @Test("requests in flight end, idle connections close, new ones are refused, and the admin port tells")
    func graceful() async throws {
        let node = try await RecordingNode.start(answer: { $0.target == "/" ? .ok("done") : .silence })
        try await RunningRouter.serve([("eu", [node.endpoint])], threads: 2, limits: { $0.shutdownTimeout = .hours(1) }) {
            router in
            var idle: [TestClient] = []
            for _ in 0..<4 {
                let client = try await router.connect()
                try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
                #expect(try await client.answer().status == 200)
                idle.append(client)
            }
            let waiting = try await router.connect()
            try await waiting.send("GET /slow HTTP/1.1\r\n\(Self.host)\r\n")
            let uploading = try await router.connect()
            try await uploading.send("POST /slow HTTP/1.1\r\n\(Self.host)Content-Length: 6\r\n\r\nabc")
            let slow = try await node.request(4).connection
            let upload = try await node.request(5, complete: false).connection

            await router.stop()
            for client in idle { #expect(try await client.rest().isEmpty) }
            await #expect(throws: (any Error).self) { try await router.connect() }
            let readiness = try await router.page("/readyz")
            #expect(readiness.status == 503)
            #expect(try await router.page("/healthz").status == 200)

            try await slow.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")
            let answer = try await waiting.answer()
            #expect(answer.text == "slow")
            #expect(answer["Connection"] == "close")
            try await uploading.send("def")
            let received = try await node.request(5)
            #expect(received.text == "abcdef")
            try await upload.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
            #expect(try await uploading.answer().status == 201)
            #expect(try await uploading.rest().isEmpty)
            _ = try await router.log.line(containing: "router stopped")
        }
        await node.stop()
    }

    @Test("clients that keep their connections and go on asking get whole answers or none")
    func underLoad() async throws {
        let node = try await RecordingNode.start()
        try await RunningRouter.serve([("eu", [node.endpoint])], threads: 2, limits: { $0.shutdownTimeout = .hours(1) }) {
            router in
            try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<8 {
                    let client = try await router.connect()
                    tasks.addTask {
                        var answers = 0
                        while true {
                            do {
                                try await client.send("GET / HTTP/1.1\r\n\(Self.host)\r\n")
                                #expect(try await client.answer().status == 200)
                                answers += 1
                            } catch AnswerError.closedEarly(let received) {
                                #expect(received.isEmpty)
                                return answers
                            } catch is ChannelError {
                                return answers
                            }
                        }
                    }
                }
                try await eventually { node.requests.count > 100 }
                await router.stop()
                let answers = try await tasks.reduce(0, +)
                #expect(answers == node.requests.count)
            }
            _ = try await router.log.line(containing: "router stopped")
        }
        await node.stop()
    }

    @Test("what does not end in the time that is given is broken off")
    func outOfTime() async throws {
        try await serveTwoGeos(limits: { $0.shutdownTimeout = .milliseconds(50) }, answer: { _, _ in .silence }) {
            router, nodes in
            let client = try await router.connect()
            try await client.send("GET /slow HTTP/1.1\r\n\(Self.host)\r\n")
            let connection = try await nodes.eu.request().connection
            await router.stop()
            #expect(try await client.rest().isEmpty)
            try await eventually { !connection.isOpen }
            let line = try await router.log.line(containing: "request interrupted")
            #expect(line.contains("\"status\":503"))
        }
    }
}
