import ChildProcesses
import Foundation
import GRDB
import Testing

@Suite("portolanctl audit", .timeLimit(.minutes(5)))
struct AuditCommandTests {
    /// A geo's folder after five tokens were made: the log has ten entries.
    private static func withLog(_ test: (TemporaryFolder) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", StartTests.topology)
        try folder.write("node.yaml", StartTests.node())
        for number in 1...5 {
            let email = "admin\(number)@example.com"
            let made = try await run(
                "admin", "token", "create", "--config", folder.path("node.yaml"), "--email", email, "--role", "viewer")
            #expect(made.status == 0)
            #expect(made.output.hasPrefix("ptladm_eu_"))
        }
        try await test(folder)
    }

    @Test("a whole log is whole, and its end is printed; a later log is checked against an end that was noted")
    func whole() async throws {
        try await Self.withLog { folder in
            let first = try await Self.verify(folder)
            #expect(first.status == 0)
            let lines = first.output.split(separator: "\n")
            #expect(lines.first == "The audit log is whole: 10 entries.")
            let head = String(try #require(lines.last))
            #expect(head.wholeMatch(of: /10:[0-9a-f]{64}/) != nil)
            _ = try await Self.run(
                "admin", "token", "create", "--config", folder.path("node.yaml"), "--email", "admin1@example.com")
            let second = try await Self.verify(folder, "--noted", head)
            #expect(second.status == 0)
            #expect(second.output.contains("whole: 11 entries"))
            let other = try await Self.verify(folder, "--noted", "3\(head.dropFirst(2))")
            #expect(other.status == 1)
            #expect(other.errors.contains("entry 3 is not the one that was noted"))
        }
    }

    @Test(
        "a log that somebody changed is not whole, and the entry is named",
        arguments: [
            ("DELETE FROM audit WHERE sequence = 4", "entry 4 is missing: entry 3 is followed with 5"),
            ("DELETE FROM audit WHERE sequence = 1", "entry 1 is missing: the log begins with 2"),
            ("UPDATE audit SET action = 'admin.deleted' WHERE sequence = 5", "entry 5 was altered"),
            ("UPDATE audit SET at = at + 1 WHERE sequence = 6", "entry 6 was altered"),
            ("UPDATE audit SET subject = NULL WHERE sequence = 7", "entry 7 was altered"),
            ("UPDATE audit SET action = 'no.such' WHERE sequence = 7", "the store holds what this program did not write"),
            ("UPDATE audit SET hash = zeroblob(32) WHERE sequence = 10", "entry 10 was altered"),
            (
                """
                UPDATE audit SET sequence = 99 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3;
                UPDATE audit SET sequence = 3 WHERE sequence = 99
                """, "entry 2 was altered, or does not belong at its place"
            ),
            ("DELETE FROM audit WHERE sequence > 8", "the log ends with entry 8, but 10 were written"),
            ("DELETE FROM audit", "the log ends with entry 0, but 10 were written"),
        ])
    func tampered(sql: String, words: String) async throws {
        try await Self.withLog { folder in
            try Self.tamper(folder, sql)
            let answer = try await Self.verify(folder)
            #expect(answer.status == 1)
            #expect(answer.errors.contains(words), "\(answer.errors)")
            #expect(answer.output.isEmpty)
        }
    }

    @Test("a log that was cut off together with its kept end is found by the end that was noted")
    func cutOffWithItsEnd() async throws {
        try await Self.withLog { folder in
            let head = String(try #require(try await Self.verify(folder).output.split(separator: "\n").last))
            try Self.tamper(
                folder,
                """
                DELETE FROM audit WHERE sequence > 8;
                UPDATE stamp SET audit_sequence = 8, audit_hash = (SELECT hash FROM audit WHERE sequence = 8)
                """)
            #expect(try await Self.verify(folder).status == 0)
            let noted = try await Self.verify(folder, "--noted", head)
            #expect(noted.status == 1)
            #expect(noted.errors.contains("the log ends with entry 8, but 10 were written"))
        }
    }

    @Test("an export has every entry on a line of its own, itself at the end, and goes on after a sequence")
    func export() async throws {
        try await Self.withLog { folder in
            let all = try await Self.run("audit", "export", "--config", folder.path("node.yaml"))
            #expect(all.status == 0)
            let lines = all.output.split(separator: "\n")
            #expect(lines.count == 11)
            #expect(lines.last?.contains(#""action":"audit_log.exported""#) == true)
            let rest = try await Self.run("audit", "export", "--config", folder.path("node.yaml"), "--after", "10")
            #expect(rest.output.split(separator: "\n").count == 2)
            #expect(rest.output.split(separator: "\n").first == lines.last)
            #expect(try await Self.verify(folder).output.contains("whole: 12 entries"))
        }
    }

    @Test("where there is no store, none is made, and the message says what to do")
    func noStore() async throws {
        let folder = try TemporaryFolder()
        try folder.write("topology.yaml", StartTests.topology)
        try folder.write("node.yaml", StartTests.node())
        let answer = try await Self.verify(folder)
        #expect(answer.status == 78)
        #expect(answer.errors.contains("expected the store of a node at"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("data")))
    }

    @Test(
        "a wrong use is explained",
        arguments: [["--noted", "x"], ["--noted", "1:ff"], ["--noted", "0:\(String(repeating: "0", count: 64))"]])
    func wrongUse(arguments: [String]) async throws {
        let answer = try await Self.run(["audit", "verify", "--config", "node.yaml"] + arguments)
        #expect(answer.status == 64)
        #expect(answer.errors.contains("expected SEQUENCE:HASH"))
    }

    private typealias Outcome = (status: Int32, output: String, errors: String)

    private static func verify(_ folder: TemporaryFolder, _ arguments: String...) async throws -> Outcome {
        try await run(["audit", "verify", "--config", folder.path("node.yaml")] + arguments)
    }

    private static func run(_ arguments: String...) async throws -> Outcome { try await run(arguments) }

    private static func run(_ arguments: [String]) async throws -> Outcome {
        let process = try ChildProcess(Products.path("portolanctl"), arguments)
        let status = await process.end()
        return (status, process.output, process.errors)
    }

    /// What somebody can do who may write the store's file.
    private static func tamper(_ folder: TemporaryFolder, _ sql: String) throws {
        let database = try DatabaseQueue(path: folder.path("data/store.sqlite"))
        try database.write { database in
            try database.execute(sql: "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted;")
            try database.execute(sql: sql)
        }
        try database.close()
    }
}
