import Accounts
import GRDB

extension SQLiteStore: ConsoleStore {
    public func step<Outcome: Sendable>(
        onConsole key: ConsoleKey, decide: @escaping @Sendable (ConsoleSnapshot) throws -> ConsoleDecision<Outcome>
    ) async throws -> Outcome {
        let (now, sealing) = (clock.now, sealing)
        return try await commits.perform { database, effects in
            let found = try database.consoleSnapshot(of: key, at: now)
            let decision = try decide(found)
            let change = decision.change
            if let admin = found.admin { try database.apply(change, to: admin.id, at: now) }
            for mail in change.mails { try database.insert(mail, sealed: sealing.seal(mail), of: nil) }
            effects.addsMail = !change.mails.isEmpty
            try database.keep(change.throttles)
            try database.append(change.events, at: now)
            return decision.outcome
        }
    }

    public func consoleSession(with hash: TokenHash) async throws -> ConsoleSession? {
        try await read { try $0.consoleSession(with: hash) }
    }

    public func consoleSessions(of admin: AdminID) async throws -> [ConsoleSession] {
        try await read { try $0.consoleSessions(of: admin) }
    }

    public func note(useOf session: ConsoleSessionID, at moment: Timestamp) async throws {
        try await commits.perform { database, _ in try database.note(useOf: session, at: moment) }
    }
}
