import Foundation
import Testing

@Suite("portolanctl status", .timeLimit(.minutes(5)))
struct StatusCommandTests {
    @Test("shows every geo of the topology with health and counts, and nothing of anybody")
    func geos() async throws {
        let canary = "qz\(UInt32.random(in: 1_000_000_000...UInt32.max))"
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let answer = try await cluster.portal("eu").post(
                "/api/v3/developer", ["full_name": canary, "email": "\(canary)@example.com"])
            #expect(answer.status == 201)
            let topology = "\(cluster.description.folder)/topology.yaml"
            let table = try await BackupGround.run(["status", "--topology", topology])
            #expect(table.status == 0, "\(table.errors)")
            #expect(table.output.contains(#/eu +1\/1/#) && table.output.contains(#/us +1\/1/#))
            let first = try await BackupGround.run(["status", "--topology", topology, "--json"])
            #expect(!(table.output + first.output).contains(canary))
            let geos = try Self.geos(first.output)
            #expect(geos.map { $0["geo"] as? String } == ["eu", "us"])
            #expect(geos[0]["certificate_days"] as? Int == 6)

            kill(try cluster.geo("us").node.pid, SIGKILL)
            let second = try await eventually("the loss is seen") {
                let answer = try await BackupGround.run(["status", "--topology", topology, "--json"])
                return answer.status == 1 ? answer : nil
            }
            let seen = try Self.geos(second.output)
            #expect(seen[0]["ready"] as? Int == 1 && seen[1]["ready"] as? Int == 0)
            #expect((seen[1]["problems"] as? [String])?.count == 1)
        }
    }

    @Test("takes no node's word for another geo")
    func wrongAddress() async throws {
        try await RunningCluster.with(["--geos", "eu,us"]) { cluster in
            let text = try String(contentsOfFile: "\(cluster.description.folder)/topology.yaml", encoding: .utf8)
            let (eu, us) = (try cluster.geo("eu").node.adminAddress, try cluster.geo("us").node.adminAddress)
            let changed = "\(cluster.description.folder)/changed.yaml"
            try text.replacingOccurrences(of: us, with: "SWAP").replacingOccurrences(of: eu, with: us)
                .replacingOccurrences(of: "SWAP", with: eu).write(toFile: changed, atomically: true, encoding: .utf8)
            let answer = try await BackupGround.run(["status", "--topology", changed])
            #expect(answer.status == 1)
            #expect(answer.output.contains("is not a node of us"), "\(answer.output) \(answer.errors)")
        }
    }

    private static func geos(_ text: String) throws -> [[String: Any]] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return try #require(object["geos"] as? [[String: Any]])
    }
}
