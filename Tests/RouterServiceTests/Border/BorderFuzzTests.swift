import BorderCorpus
import Testing

@Suite("residency row 3: of altered requests no node sees more than a reading by the letter", .timeLimit(.minutes(5)))
struct BorderFuzzTests {
    /// The same requests in each run; another seed finds others.
    private static let seed: UInt64 = 20_261_125
    private static let count = 3000

    @Test("3,000 altered conversations reach nodes as a part of what was sent, in order, and harm no next client")
    func altered() async throws {
        let passed = Watched(0)
        let refused = Watched(0)
        try await BorderLane.run(Array(0..<Self.count)) { lane, number in
            var mutation = Mutation(seed: Self.seed &+ UInt64(number), number: number)
            let bytes = mutation.bytes()
            let reading = StrictReading(bytes)
            let transcript = try await lane.hold(
                Conversation(
                    pieces: mutation.pieces(of: bytes), answersToHead: reading.requests.map { $0.method == "HEAD" },
                    awaitsClose: false))
            try await lane.probe("\(number)")
            for (geo, sight) in lane.sights() {
                let sent = reading.requests.map { Self.text($0.method, $0.target, $0.body) }
                let seen = sight.requests.filter(\.isComplete).map { Self.text($0.method, $0.target, $0.body) }
                #expect(Self.isSubsequence(seen, of: sent), "\(number): \(geo) saw \(seen) of \(sent)")
                BorderLane.check(sight, of: geo, "\(number)")
                passed.update { $0 += seen.count }
            }
            let timedOut = transcript.timedOut
            #expect(!timedOut, "\(number): the connection stands still")
            // The refusal of what the reading does not take for a request is more than the client waited for.
            let isRefused = !transcript.rest.isEmpty || transcript.answers.contains { $0.status >= 400 }
            if isRefused { refused.update { $0 += 1 } }
        }
        // Mutations that are all refused, or all passed, would prove nothing.
        #expect(passed.value > Self.count / 4)
        #expect(refused.value > Self.count / 4)
    }

    private static func text(_ method: String, _ target: String, _ body: [UInt8]) -> String { "\(method) \(target) \(body)" }

    private static func isSubsequence(_ part: [String], of whole: [String]) -> Bool {
        var rest = part[...]
        for item in whole where rest.first == item { rest = rest.dropFirst() }
        return rest.isEmpty
    }
}
