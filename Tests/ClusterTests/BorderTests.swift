import BorderCorpus
import Foundation
import Testing

@Suite("residency row 3: the border's corpus against a real node", .timeLimit(.minutes(5)))
struct BorderTests {
    private struct Run: Sendable {
        let written: CorpusCase
        let segmentation: Segmentation
        let pieces: [ArraySlice<UInt8>]

        var label: String { "\(written), \(segmentation.rawValue)" }
    }

    /// Where to send what.
    private struct Place: Sendable {
        let host: String
        let port: Int
        let eu: String
        let us: String

        init(_ cluster: RunningCluster) throws {
            let words = cluster.description.router.address.split(separator: ":")
            host = String(words[0])
            port = try #require(Int(words[1]))
            // Without the port, so that the corpus can write its own behind it.
            eu = try String(#require(cluster.portal("eu").host.split(separator: ":").first))
            us = try String(#require(cluster.portal("us").host.split(separator: ":").first))
        }
    }

    @Test("each case is answered cleanly, with no answer too many, and the next clients of both geos get their own answers")
    func corpus() async throws {
        try await RunningCluster.with { cluster in
            let place = try Place(cluster)
            let runs = try BorderCorpus.requests(eu: place.eu, us: place.us).flatMap { written in
                // What the router refuses at once no node sees, however it is cut.
                (written.mayReachNode ? [Segmentation.whole, .insideLineEnds] : [.whole]).compactMap { segmentation in
                    segmentation.pieces(of: written.bytes).map { Run(written: written, segmentation: segmentation, pieces: $0) }
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { lanes in
                for lane in 0..<6 {
                    lanes.addTask {
                        for index in stride(from: lane, to: runs.count, by: 6) {
                            try await Self.send(runs[index], to: place)
                            try await Self.probe(place, after: runs[index].label)
                        }
                    }
                }
                try await lanes.waitForAll()
            }
        }
    }

    private static func send(_ run: Run, to place: Place) async throws {
        let written = run.written
        let transcript = try await Conversation(
            pieces: run.pieces, answersToHead: written.answersToHead, awaitsClose: written.endsClosed
        ).hold(host: place.host, port: place.port)
        let (hasRest, timedOut) = (!transcript.rest.isEmpty, transcript.timedOut)
        #expect(!timedOut, "\(run.label): the connection was not closed")
        // A node may answer what has only begun.
        #expect(!hasRest || written.mayBegin, "\(run.label): an answer too many")
        for (answer, outcome) in zip(transcript.answers, written.outcomes) {
            switch outcome {
            case .passed: #expect(answer.status < 500, "\(run.label)")
            case .refused(let status, _):
                #expect(answer.status == status || written.mayBegin && answer.status < 500, "\(run.label)")
            }
        }
        // A node that answers before it has the whole request makes the router close the connection.
        let isCut = transcript.answers.last?.values("connection") == ["close"]
        #expect(transcript.answers.count == written.outcomes.count || isCut, "\(run.label): \(transcript.answers.map(\.status))")
    }

    /// One client that asks both geos, for answers that differ, so that one in the place of the other would show.
    private static func probe(_ place: Place, after label: String) async throws {
        let asked: [(host: String, target: String, status: Int)] = [
            (place.eu, "/register", 200), (place.us, "/no-such-page", 404),
        ]
        let requests = asked.map { "GET \($0.target) HTTP/1.1\r\nHost: \($0.host)\r\n\r\n" }
        let transcript = try await Conversation(
            pieces: [Array(requests.joined().utf8)[...]], answersToHead: [false, false], awaitsClose: false
        ).hold(host: place.host, port: place.port)
        #expect(transcript.answers.map(\.status) == asked.map { $0.status }, "after \(label)")
        let hasRest = !transcript.rest.isEmpty
        #expect(!hasRest, "after \(label)")
    }
}
