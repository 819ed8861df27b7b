import ChildProcesses
import Foundation
import Testing

@Suite("residency row 10: a backup is put back in its own geo and in no other, and only whole", .timeLimit(.minutes(5)))
struct ForeignBackupTests {
    @Test("the backup of another geo, an altered or a cut off one, a wrong key, a running node and a full folder are refused")
    func refused() async throws {
        let canary = "qz\(UInt32.random(in: 1_000_000_000...UInt32.max))"
        try await RunningCluster.with(["--geos", "eu,us", "--plain-inside"]) { cluster in
            let (eu, us) = (try await BackupGround(of: "eu", in: cluster), try await BackupGround(of: "us", in: cluster))
            let answer = try await cluster.portal("eu").post(
                "/api/v3/developer", ["full_name": canary, "email": "\(canary)@example.com"])
            #expect(answer.status == 201)
            let made = try await eu.backUp(to: "backup")
            #expect(made.status == 0, "\(made.errors)")
            let usConfiguration = try us.configuration
            let foreignRecipient = try await BackupGround.run(
                ["backup", "--config", usConfiguration, "--output", us.folder.path("wrong")],
                environment: ["PORTOLAN_BACKUP_RECIPIENT": eu.recipient])
            #expect(
                foreignRecipient.errors.contains("expected a backup key of geo us (number 2), found one of geo eu (number 1)"))

            let running = try await eu.restore("backup", "--replace")
            #expect(running.status == 78 && running.errors.contains("in use by process"), "\(running.errors)")
            try await eu.stopNode()
            try await us.stopNode()

            let before = try Self.contents(of: cluster)
            let full = try await eu.restore("backup")
            #expect(full.status == 78 && full.errors.contains("expected an empty data folder"), "\(full.errors)")

            let foreign = try await eu.restore("backup", into: "us", "--replace")
            #expect(foreign.status == 1)
            #expect(foreign.errors.contains("expected a backup of geo us (number 2), found at"), "\(foreign.errors)")
            // Nor with a header that says us: it is part of what is authenticated.
            let whole = try Data(contentsOf: URL(fileURLWithPath: eu.folder.path("backup")))
            let told = try #require(whole.range(of: Data(#""geo":"eu","geo_number":1"#.utf8)))
            var renamed = whole
            renamed.replaceSubrange(told, with: Data(#""geo":"us","geo_number":2"#.utf8))
            try renamed.write(to: URL(fileURLWithPath: eu.folder.path("renamed")))
            let disguised = try await eu.restore("renamed", into: "us", "--replace")
            #expect(disguised.status == 1 && disguised.errors.contains("backup key of geo us"), "\(disguised.errors)")
            let usKey = try await BackupGround.run(
                ["restore", "--config", usConfiguration, "--key", us.key, eu.folder.path("renamed"), "--replace"])
            #expect(usKey.status == 1 && usKey.errors.contains("was made for the key"), "\(usKey.errors)")

            var altered = whole
            altered[whole.count / 2] ^= 1
            for (name, bytes, words) in [
                ("altered", altered, "was altered"), ("cut", whole.dropLast(1), "expected a whole backup"),
                ("empty", Data(), "expected a whole backup"),
            ] {
                try Data(bytes).write(to: URL(fileURLWithPath: eu.folder.path(name)))
                let refused = try await eu.restore(name, "--replace")
                #expect(refused.status == 1 && refused.errors.contains(words), "\(name): \(refused.errors)")
            }
            #expect(try Self.contents(of: cluster) == before)
            // No byte of eu's developer has come to us, nor stands readable in the backup.
            let places = [try cluster.geo("us").node.data, eu.folder.path("backup")]
            #expect(try CanaryScan(canary).hits(in: places) == [])
            #expect(try await eu.restore("backup", "--replace").status == 0)
        }
    }

    /// Every file of both data folders.
    private static func contents(of cluster: RunningCluster) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for geo in ["eu", "us"] {
            let data = try cluster.geo(geo).node.data
            for name in try FileManager.default.subpathsOfDirectory(atPath: data) where !name.hasSuffix(".lock") {
                found["\(geo)/\(name)"] = FileManager.default.contents(atPath: "\(data)/\(name)")
            }
        }
        return found
    }
}
