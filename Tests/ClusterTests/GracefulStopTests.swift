import Foundation
import Testing

@Suite("SIGTERM", .timeLimit(.minutes(5)))
struct GracefulStopTests {
    static let requests = 5

    @Test("a node that is told to stop answers every request that it has taken")
    func node() async throws {
        try await RunningCluster.with(["--geos", "eu", "--scrypt-log-n", "10", "--plain-inside"]) { cluster in
            let node = try cluster.geo("eu").node
            try await stop(node.pid, log: node.log, saying: "the node has stopped", at: node.address, of: cluster)
        }
    }

    @Test("a router that is told to stop answers every request that it has taken")
    func router() async throws {
        try await RunningCluster.with(["--geos", "eu", "--scrypt-log-n", "10", "--plain-inside"]) { cluster in
            let router = cluster.description.router
            try await stop(router.pid, log: router.log, saying: "router stopped", at: router.address, of: cluster)
        }
    }

    private func stop(_ pid: Int32, log: String, saying word: String, at address: String, of cluster: RunningCluster) async throws
    {
        let body = #"{"username": "nobody@example.com", "password": "whatever it is"}"#
        let host = try cluster.portal("eu").host
        // All but the last byte, so that no request can be over when the signal comes.
        let connections = try (0..<Self.requests).map { _ in
            let connection = try RawConnection(address)
            try connection.write(
                "POST /api/v3/developer/authenticate HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body.dropLast())")
            return connection
        }
        for connection in connections {
            _ = try await eventually("the request is taken") { try connection.isReadByPeer() ? true : nil }
        }
        kill(pid, SIGTERM)
        _ = try await eventually("the process takes no more connections") { (try? RawConnection(address)) == nil ? true : nil }
        #expect(!connections.contains { $0.hasAnswer })
        for connection in connections { try connection.write("}") }
        for connection in connections {
            let answer = try await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 401 "))
            #expect(answer.hasSuffix("}"))
        }
        _ = try await eventually("the process says that it has stopped") {
            try String(contentsOfFile: log, encoding: .utf8).contains(word) ? true : nil
        }
    }
}
