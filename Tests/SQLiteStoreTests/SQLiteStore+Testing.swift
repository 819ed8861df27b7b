import Accounts
import Foundation
import GRDB

@testable import SQLiteStore

extension SQLiteStore {
    /// What stands in the outbox for a mail's recipient and text.
    func sealedTexts() async throws -> [Data] {
        try await read { try Data.fetchAll($0, sql: "SELECT sealed FROM outbox WHERE sealed IS NOT NULL ORDER BY sequence") }
    }

    func replaceSealedText(of mail: MailID, by sealed: Data) async throws {
        try await commits.perform { database, _ in
            try database.execute(sql: "UPDATE outbox SET sealed = ? WHERE id = ?", arguments: [sealed, Data(mail.uuid.bytes)])
        }
    }

    /// Holds the writer until the returned gate is opened, and returns when it is held.
    func holdWriter() async -> Gate {
        let gate = Gate()
        let held = Gate()
        let commits = commits
        Task {
            try await commits.perform { _, _ in
                held.open()
                gate.wait()
            }
        }
        await held.waited()
        return gate
    }

    /// Returns when so many writes wait.
    func waitForBacklog(of count: Int) async { while commits.backlog < count { await Task.yield() } }
}
