import ChildProcesses
import Foundation
import GRDB
import Testing

@Suite("A store that a newer version has changed", .timeLimit(.minutes(2)))
struct NewerStoreTests {
    @Test("is refused by the node and by every command beside it, in one line that says what to do, and stays as it is")
    func refused() async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", StartTests.topology)
        try folder.write("node.yaml", StartTests.node())
        let made = try await BackupGround.run([
            "admin", "token", "create", "--config", folder.path("node.yaml"), "--email", "admin@example.com",
        ])
        #expect(made.status == 0)
        let key = try await BackupGround.run([
            "backup-key", "create", "--topology", folder.path("topology.yaml"), "--geo", "eu", "--folder", folder.root.path,
        ])
        #expect(key.status == 0)
        let database = try DatabaseQueue(path: folder.path("data/store.sqlite"))
        try await database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v999 tomorrow')") }
        try database.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path("data/store.sqlite")))

        let node = try ChildProcess(Products.path("portolan-node"), ["--config", folder.path("node.yaml")])
        #expect(await node.end() == 78)
        #expect(node.errors.split(separator: "\n").count == 1)
        let commands = [
            ["admin", "token", "create", "--config", folder.path("node.yaml"), "--email", "admin@example.com"],
            ["audit", "verify", "--config", folder.path("node.yaml")],
            ["backup", "--config", folder.path("node.yaml"), "--output", folder.path("backup")],
        ]
        var messages = [node.errors]
        for command in commands {
            let refused = try await BackupGround.run(
                command, environment: ["PORTOLAN_BACKUP_RECIPIENT": folder.path("backup-eu.recipient")])
            #expect(refused.status == 78, "\(command)")
            messages.append(refused.errors)
        }
        for message in messages {
            #expect(
                message.contains("a newer version has changed (v999 tomorrow); run that version or a newer one"), "\(message)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("data/store.sqlite"))) == before)
    }
}
