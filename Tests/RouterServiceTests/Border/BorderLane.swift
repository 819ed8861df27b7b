import BorderCorpus
import Testing

/// A router between one client and two recording nodes, used for one case after another, so that all that a node sees belongs to the case at
/// hand.
struct BorderLane {
    /// What the nodes saw of one case: what they saw before is not in it.
    struct Sight {
        var requests: [ReceivedRequest] = []
        var bytes: [[UInt8]] = []
        var unreadable = 0
    }

    let router: RunningRouter
    let nodes: TwoGeos
    /// Whether a node may still hear of the beginning of the case before: it comes on a connection of its own.
    var mayHaveBegun = false
    private var probes = 0
    private var seen: [String: (requests: Int, bytes: [Int: Int], unreadable: Int)] = [:]

    init(router: RunningRouter, nodes: TwoGeos) {
        self.router = router
        self.nodes = nodes
    }

    static let hosts = ["eu": "acme.eu.portal.example.com", "us": "acme.us.portal.example.com"]

    /// What a node of these lanes answers: what it was asked, so that an answer tells whose it is.
    static func echo(_ geo: String, _ request: ReceivedRequest) -> NodeAnswer {
        .ok("\(geo) \(request.method) \(request.target) \(request.text)")
    }

    /// Splits work over lanes that run at the same time.
    static func run<Work: Sendable>(
        _ work: [Work], lanes: Int = 6, _ each: @escaping @Sendable (inout BorderLane, Work) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for number in 0..<lanes {
                let share = work.indices.filter { $0 % lanes == number }.map { work[$0] }
                tasks.addTask {
                    try await serveTwoGeos(answer: echo) { router, nodes in
                        var lane = BorderLane(router: router, nodes: nodes)
                        for item in share { try await each(&lane, item) }
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    func hold(_ conversation: Conversation) async throws -> Conversation.Transcript {
        try await conversation.hold(host: router.address.host, port: router.address.port)
    }

    /// The next client, which asks both geos: it gets the answers to its own requests, on the connections that the case may have
    /// poisoned.
    mutating func probe(_ label: String) async throws {
        probes += 1
        let requests = ["eu", "us"].map { "GET /probe-\(probes) HTTP/1.1\r\nHost: \(Self.hosts[$0] ?? "")\r\n\r\n" }
        let transcript = try await hold(
            Conversation(pieces: [Array(requests.joined().utf8)[...]], answersToHead: [false, false], awaitsClose: false))
        #expect(
            transcript.answers.map(\.text) == ["eu", "us"].map { "\($0) GET /probe-\(probes) " }, "the next client after \(label)"
        )
        let hasRest = !transcript.rest.isEmpty
        #expect(!hasRest, "the next client after \(label)")
    }

    /// What the nodes saw since the last call, by geo, without the probes.
    mutating func sights() -> [String: Sight] {
        var sights: [String: Sight] = [:]
        for geo in ["eu", "us"] {
            let record = nodes.node(geo).record.value
            let before = seen[geo] ?? (0, [:], 0)
            var sight = Sight()
            sight.requests = record.requests.dropFirst(before.requests).filter { !$0.target.hasPrefix("/probe-") }
            sight.bytes = record.bytes.map { Array($0.value.dropFirst(before.bytes[$0.key] ?? 0)) }.filter { !$0.isEmpty }
            sight.unreadable = record.unreadable - before.unreadable
            seen[geo] = (record.requests.count, record.bytes.mapValues(\.count), record.unreadable)
            sights[geo] = sight
        }
        return sights
    }

    /// Whether a node's library and a reading by the letter found the same requests in the same bytes, each with one framing at
    /// most and one host.
    static func check(_ sight: Sight, of geo: String, _ label: String) {
        let strict = sight.bytes.map(StrictReading.init)
        // The library takes the end of a connection inside a body for an error, and so it should.
        let unreadable = sight.unreadable - sight.requests.filter { !$0.isComplete }.count
        let isMalformed = strict.contains { $0.isMalformed } || unreadable > 0
        #expect(!isMalformed, "\(label): \(geo) got what is no request")
        let complete = strict.flatMap(\.requests).filter { !$0.target.hasPrefix("/probe-") }
        let read = sight.requests.filter(\.isComplete)
        #expect(
            complete.map { "\($0.method) \($0.target) \($0.body)" }.sorted()
                == read.map { "\($0.method) \($0.target) \($0.body)" }.sorted(), "\(label): \(geo) read it in two ways")
        for request in sight.requests {
            let framings = request.values("Content-Length").count + request.values("Transfer-Encoding").count
            #expect(framings <= 1, "\(label): \(geo) got \(framings) framings")
            #expect(request.values("Host").count == 1, "\(label): \(geo) got several hosts")
            #expect(request.values("Host")[0].lowercased().contains("\(geo)"), "\(label): \(geo) got another geo's host")
            #expect(request.values("X-Forwarded-For") == ["127.0.0.1"], "\(label): \(geo) got a client's own forwarding")
        }
    }
}
