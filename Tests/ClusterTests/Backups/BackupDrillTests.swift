import ChildProcesses
import Foundation
import Testing

@Suite("A disk is lost, and the geo comes back from its backup", .timeLimit(.minutes(5)))
struct BackupDrillTests {
    private static let writers = 8

    @Test("everything that was acknowledged before the backup began is there again, and the audit log goes on from where it was")
    func drill() async throws {
        try await RunningCluster.with(["--geos", "eu", "--plain-inside", "--scrypt-log-n", "10"]) { cluster in
            let ground = try await BackupGround(of: "eu", in: cluster)
            let jane = SignUp(
                cluster: cluster, geo: "eu", name: "Jane", email: "jane@example.com", password: "A-long-enough-phrase-1")
            try await jane.register()
            try await jane.complete()
            #expect(try await jane.change(to: "approved").status == 200)
            let cookies = try await jane.logIn().cookies
            let id = try await jane.id()
            let log = try await BackupGround.run(["audit", "verify", "--config", ground.configuration])
            let noted = String(try #require(log.output.split(separator: "\n").last))

            var before: Set<String> = []
            _ = try await RegistrationLoad.on(jane.portal, writers: Self.writers) { load in
                _ = try await eventually("there is load") { load.acknowledged.count > 200 ? true : nil }
                before = load.acknowledged
                let made = try await ground.backUp(to: "backup")
                #expect(made.status == 0, "\(made.errors)")
                #expect(made.output.contains("A backup of the geo eu"))
                // Writes went on while it was made.
                #expect(load.acknowledged.count > before.count)
            }
            let verified = try await BackupGround.run(["backup", "verify", ground.folder.path("backup"), "--key", ground.key])
            #expect(verified.status == 0 && verified.output.contains("every byte is what was read"))

            try await ground.stopNode(by: SIGKILL)
            let data = try cluster.geo("eu").node.data
            try FileManager.default.removeItem(atPath: data)
            let restored = try await ground.restore("backup")
            #expect(restored.status == 0, "\(restored.errors)")
            let command = try cluster.geo("eu").node.command
            let node = try ChildProcess(command[0], Array(command.dropFirst()))
            _ = try await eventually("the router finds the node") {
                try await cluster.portal("eu").get("/api/v3/portal").status == 200 ? true : nil
            }
            // The account, its password, its session and its id.
            #expect(try await jane.logIn().status == 204)
            #expect(try await jane.me(cookies).status == 200)
            #expect(try await jane.id() == id)
            #expect(before.subtracting(try await developers(of: cluster)) == [])
            // And it serves: a mail comes, with a link that works.
            let late = SignUp(
                cluster: cluster, geo: "eu", name: "Late", email: "late@example.com", password: "A-long-enough-phrase-1")
            try await late.register()
            try await late.complete()
            let audit = try await BackupGround.run(["audit", "verify", "--config", ground.configuration, "--noted", noted])
            #expect(audit.status == 0, "\(audit.errors)")
            node.signal(SIGTERM)
            #expect(await node.end() == 0)
        }
    }

    private func developers(of cluster: RunningCluster) async throws -> Set<String> {
        var found: Set<String> = []
        let path = "/v3/portals/\(try cluster.geo("eu").portalId)/developers?page%5Bsize%5D=100&page%5Bnumber%5D="
        for page in 1... {
            let answer = try await cluster.management("eu").get("\(path)\(page)")
            let data = try #require(try answer.json()["data"] as? [[String: Any]])
            if data.isEmpty { break }
            found.formUnion(data.compactMap { $0["email"] as? String })
        }
        return found
    }
}
