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

    /// Keeps a reader at the state of now until the returned gate is opened.
    func holdReader() async -> Gate {
        let gate = Gate()
        let held = Gate()
        Task {
            try await read { database in
                // A reader takes its state with its first look.
                _ = try database.portals(page: PageRequest())
                held.open()
                gate.wait()
            }
        }
        await held.waited()
        return gate
    }

    /// Returns when so many writes wait.
    func waitForBacklog(of count: Int) async throws {
        while commits.backlog < count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
