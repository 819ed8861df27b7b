import BorderCorpus
import NIOCore
import Testing

@Suite("residency row 3: a node's answer reaches the client that asked, and no other", .timeLimit(.minutes(5)))
struct HostileAnswerTests {
    @Test("an answer that is none is 502 or a broken connection, and the next client gets its own")
    func answers() async throws {
        let cases = try BorderCorpus.answers()
        #expect(cases.count >= 80)
        let (eu, us) = (try await HostileNode.start(cases), try await HostileNode.start([]))
        try await RunningRouter.serve([("eu", [eu.endpoint]), ("us", [us.endpoint])]) { router in
            for (number, written) in cases.enumerated() {
                let transcript = try await Self.ask(
                    router, "\(written.method) /answer-\(number)", toHead: written.method == "HEAD",
                    awaitsClose: written.status == nil)
                Self.check(transcript, written)
                for probe in 0..<2 {
                    let next = try await Self.ask(router, "GET /next-\(number)-\(probe)", toHead: false, awaitsClose: false)
                    #expect(next.answers.map(\.text) == ["own /next-\(number)-\(probe)"], "after \(written)")
                    let hasRest = !next.rest.isEmpty
                    #expect(!hasRest, "after \(written)")
                }
            }
        }
        await eu.stop()
        await us.stop()
    }

    private static func ask(
        _ router: RunningRouter, _ request: String, toHead: Bool, awaitsClose: Bool
    ) async throws -> Conversation.Transcript {
        let text = "\(request) HTTP/1.1\r\nHost: acme.eu.portal.example.com\r\n\r\n"
        return try await Conversation(pieces: [Array(text.utf8)[...]], answersToHead: [toHead], awaitsClose: awaitsClose)
            .hold(host: router.address.host, port: router.address.port)
    }

    private static func check(_ transcript: Conversation.Transcript, _ written: AnswerCase) {
        let (timedOut, hasRest) = (transcript.timedOut, !transcript.rest.isEmpty)
        #expect(!timedOut, "\(written): the client waits for ever")
        guard let status = written.status else {
            let isWhole = !transcript.answers.isEmpty
            #expect(!isWhole, "\(written): the client took it for whole")
            return
        }
        #expect(transcript.answers.map(\.status) == [status], "\(written)")
        #expect(!hasRest, "\(written): more than one answer")
        if status == 502 {
            #expect(transcript.answers.first?.values("content-type") == ["application/problem+json"], "\(written)")
        } else {
            #expect(transcript.answers.first?.body == written.body, "\(written)")
        }
    }
}
