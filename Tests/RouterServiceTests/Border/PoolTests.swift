import BorderCorpus
import Testing

@Suite("residency row 3: pools of connections are per geo", .timeLimit(.minutes(5)))
struct PoolTests {
    @Test("with many clients of two geos at the same time no connection to a node ever carries another geo's host")
    func perGeo() async throws {
        let hosts = ["eu": "acme.eu.portal.example.com", "us": "acme.us.portal.example.com"]
        try await serveTwoGeos(answer: BorderLane.echo) { router, nodes in
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for client in 0..<40 {
                    clients.addTask {
                        let geos = (0..<25).map { ($0 * 7 + client).isMultiple(of: 2) ? "eu" : "us" }
                        let requests = geos.enumerated().map { index, geo in
                            "POST /\(client)-\(index) HTTP/1.1\r\nHost: \(hosts[geo] ?? "")\r\nContent-Length: 2\r\n\r\n\(geo)"
                        }
                        let transcript = try await Conversation(
                            pieces: requests.map { Array($0.utf8)[...] }, answersToHead: geos.map { _ in false },
                            awaitsClose: false
                        ).hold(host: router.address.host, port: router.address.port)
                        let expected = geos.enumerated().map { "\($1) POST /\(client)-\($0) \($1)" }
                        #expect(transcript.answers.map(\.text) == expected)
                    }
                }
                try await clients.waitForAll()
            }
            for geo in ["eu", "us"] {
                let record = nodes.node(geo).record.value
                #expect(Set(record.requests.flatMap { $0.values("Host") }) == [hosts[geo] ?? ""])
                #expect(Set(record.requests.map(\.text)) == [geo])
                // Connections are few beside requests, so that they were shared by many clients.
                #expect(record.connections < record.requests.count / 4)
            }
            #expect(nodes.eu.requests.count + nodes.us.requests.count == 1000)
        }
    }
}
