import BorderCorpus
import NIOCore
import Testing

@testable import RouterService

@Suite("residency row 3: no node sees a request that its client did not send", .timeLimit(.minutes(5)))
struct BorderCorpusTests {
    private struct Run: Sendable {
        let written: CorpusCase
        let segmentation: Segmentation
        let pieces: [ArraySlice<UInt8>]

        var label: String { "\(written), \(segmentation.rawValue)" }
    }

    static func corpus() throws -> [CorpusCase] {
        try BorderCorpus.requests(eu: "acme.eu.portal.example.com", us: "acme.us.portal.example.com")
    }

    @Test("the corpus holds hundreds of cases, each with a name of its own")
    func size() throws {
        let cases = try Self.corpus()
        #expect(cases.count >= 1000)
        #expect(Set(cases.map(\.description)).count == cases.count)
        #expect(cases.allSatisfy { !$0.source.isEmpty })
    }

    @Test("each case is refused, or passed as the requests that it holds, however it is cut, and the next client is unharmed")
    func corpus() async throws {
        let runs = try Self.corpus().flatMap { written in
            Segmentation.allCases.compactMap { segmentation in
                segmentation.pieces(of: written.bytes).map { Run(written: written, segmentation: segmentation, pieces: $0) }
            }
        }
        try await BorderLane.run(runs) { lane, run in
            let written = run.written
            let transcript = try await lane.hold(
                Conversation(
                    pieces: run.pieces, answersToHead: written.answersToHead, awaitsClose: written.endsClosed))
            Self.checkClient(transcript, run)
            try await lane.probe(run.label)
            Self.checkNodes(lane.sights(), run, mayBegin: written.mayBegin || lane.mayHaveBegun)
            lane.mayHaveBegun = written.mayBegin
        }
    }

    private static func checkClient(_ transcript: Conversation.Transcript, _ run: Run) {
        let expected = run.written.outcomes.map { outcome in
            switch outcome {
            case .refused(let status, _): "\(status)"
            case .passed("HEAD", _, _, _): "200 "
            case .passed(let method, let target, let geo, let body):
                "200 \(geo) \(method) \(target) \(String(decoding: body, as: UTF8.self))"
            }
        }
        let got = zip(transcript.answers, run.written.outcomes).map { answer, outcome in
            if case .refused = outcome { return "\(answer.status)" }
            return "\(answer.status) \(answer.text)"
        }
        #expect(got == expected, "\(run.label)")
        // Short messages: what was sent and what came back may be long.
        let (hasRest, timedOut) = (!transcript.rest.isEmpty, transcript.timedOut)
        #expect(!hasRest, "\(run.label): an answer too many")
        #expect(!timedOut, "\(run.label): the connection was not closed")
        for (answer, outcome) in zip(transcript.answers, run.written.outcomes) {
            guard case .refused(_, let isOpen) = outcome else { continue }
            #expect(answer.values("content-type") == ["application/problem+json"], "\(run.label)")
            #expect(answer.values("connection") == (isOpen ? [] : ["close"]), "\(run.label)")
        }
    }

    private static func checkNodes(_ sights: [String: BorderLane.Sight], _ run: Run, mayBegin: Bool) {
        for (geo, sight) in sights {
            let expected = run.written.outcomes.compactMap { outcome -> String? in
                guard case .passed(let method, let target, geo, let body) = outcome else { return nil }
                return "\(method) \(target) \(body)"
            }
            let complete = sight.requests.filter(\.isComplete)
            #expect(complete.map { "\($0.method) \($0.target) \($0.body)" } == expected, "\(run.label): at \(geo)")
            #expect(sight.requests.count == complete.count || mayBegin, "\(run.label): \(geo) saw a beginning")
            #expect(!sight.requests.contains { $0.target.contains("prize") }, "\(run.label): the prize")
            BorderLane.check(sight, of: geo, run.label)
        }
    }

    @Test("a reader that gets each case byte by byte makes the same of it as of the whole")
    func byteByByte() throws {
        for written in try Self.corpus() where written.bytes.count < 4096 {
            let whole = Self.parts(of: [written.bytes[...]])
            #expect(whole == Self.parts(of: written.bytes.indices.map { written.bytes[$0...$0] }), "\(written)")
        }
    }

    /// What the reader made of it: heads, all data between them, and the end.
    private static func parts(of pieces: [ArraySlice<UInt8>]) -> [String] {
        let limits = RouterLimits()
        var reader = RequestReader(headLimit: limits.headerBytes, targetLimit: limits.targetBytes)
        var parts: [String] = []
        var data: [UInt8] = []
        do throws(MalformedRequest) {
            for piece in pieces {
                reader.append(ByteBuffer(bytes: piece))
                while let part = try reader.next() {
                    switch part {
                    case .head(let head): parts.append("\(head.method) \(head.targetText) \(head.host) \(head.framing)")
                    case .body(let buffer): data += buffer.readableBytesView
                    case .end:
                        parts.append("\(data)")
                        data = []
                    }
                }
            }
            parts.append("\(data)")
        } catch {
            parts.append("\(error.problem.status)")
        }
        return parts
    }
}
