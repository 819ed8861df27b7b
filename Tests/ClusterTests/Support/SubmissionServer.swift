import ChildProcesses
import Foundation
import Testing

/// A real SMTP server in a process of its own; see `scripts/mail/smtp_server.py`.
struct SubmissionServer {
    struct Greeting: Decodable {
        let port: Int
        let ca_file: String
    }

    struct Mail: Decodable {
        let to: [String]
        let content: Data
        let encrypted: Bool
        let mechanism: String?
    }

    private struct Line: Decodable {
        let connection: Int?
        let mail: Mail?
    }

    private let process: ChildProcess

    /// - Parameter options: members of the script's JSON object, beside the folder.
    init(folder: TemporaryFolder, options: String) throws {
        process = try ChildProcess(
            script: "mail/smtp_server.py",
            [#"{"folder": "\#(folder.root.path)", "security": "starttls", "certificate": "trusted", \#(options)}"#])
    }

    func greeting() async throws -> Greeting {
        try JSONDecoder().decode(Greeting.self, from: Data(try await process.firstLine().utf8))
    }

    /// How many connections were made so far.
    var connections: Int { (try? lines().count { $0.connection != nil }) ?? 0 }

    /// The mails that it took so far.
    func mails() throws -> [Mail] { try lines().compactMap(\.mail) }

    func stop() async { await process.stop() }

    /// The whole lines so far; the last one may still be under way.
    private func lines() throws -> [Line] {
        try process.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }
}
