import Accounts
import Foundation
import GRDB

extension Database {
    func consoleSnapshot(of key: ConsoleKey, at now: Timestamp) throws -> ConsoleSnapshot {
        var token: ConsoleToken?
        var admin: Row?
        switch key {
        case .address(let address): admin = try row("SELECT * FROM admin WHERE email_key = ?", [address.key])
        case .admin(let id): admin = try row("SELECT * FROM admin WHERE id = ?", [id.stored])
        case .token(let hash):
            if let found = try row("SELECT * FROM console_token WHERE hash = ? AND is_spent = 0", [hash.stored]) {
                let id: AdminID = try found.id("admin")
                token = ConsoleToken(
                    hash: hash, purpose: try found.choice("purpose"), expiresAt: try found.time("expires_at"))
                admin = try row("SELECT * FROM admin WHERE id = ?", [id.stored])
            }
        }
        guard let admin = try admin.map(Admin.init(row:)) else {
            return ConsoleSnapshot(admin: nil, account: nil, token: nil, linksOfLastHour: 0)
        }
        let links = try count(
            "SELECT count(*) FROM console_token WHERE admin = ? AND purpose = 'set_password' AND issued_at > ?",
            [admin.id.stored, now.adding(.seconds(-3600)).milliseconds])
        return ConsoleSnapshot(
            admin: admin, account: try consoleAccount(of: admin.id), token: token, linksOfLastHour: links)
    }

    func apply(_ change: ConsoleChange, to admin: AdminID, at now: Timestamp) throws {
        if let account = change.account { try save(account) }
        for purpose in change.spends {
            try run(
                "UPDATE console_token SET is_spent = 1 WHERE admin = ? AND purpose = ?", [admin.stored, purpose.rawValue])
        }
        if let token = change.issues {
            try run(
                "INSERT INTO console_token (hash, admin, purpose, issued_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                [
                    token.hash.stored, admin.stored, token.purpose.rawValue, now.milliseconds, token.expiresAt.milliseconds,
                ])
        }
        try end(change.ends, of: admin)
        if let session = change.opens { try open(session, of: admin) }
        if let (session, moment) = change.confirms {
            try run(
                "UPDATE console_session SET password_confirmed_at = ? WHERE id = ? AND admin = ?",
                [moment.milliseconds, session.stored, admin.stored])
        }
        if let moment = change.forgetsBefore { try forgetConsole(before: moment) }
    }

    func consoleSession(with hash: TokenHash) throws -> ConsoleSession? {
        try row("SELECT * FROM console_session WHERE hash = ?", [hash.stored]).flatMap(consoleSession)
    }

    func consoleSessions(of admin: AdminID) throws -> [ConsoleSession] {
        try rows("SELECT * FROM console_session WHERE admin = ? ORDER BY id DESC", [admin.stored]).compactMap(consoleSession)
    }

    func note(useOf session: ConsoleSessionID, at moment: Timestamp) throws {
        try run("UPDATE console_session SET last_seen_at = ? WHERE id = ?", [moment.milliseconds, session.stored])
    }

    private func consoleAccount(of admin: AdminID) throws -> ConsoleAccount? {
        guard let row = try row("SELECT * FROM console_account WHERE admin = ?", [admin.stored]) else { return nil }
        let phc: String? = try row.optional("password_hash")
        let sealed: Data? = try row.optional("second_factor")
        let factor = try sealed.map { sealed in
            let codes = try rows("SELECT hash FROM console_recovery_code WHERE admin = ?", [admin.stored])
            return SecondFactor(
                sealedSecret: Array(sealed), lastStep: try row.value("last_step"),
                recoveryCodes: Set(try codes.map { try $0.hash("hash") }))
        }
        return ConsoleAccount(admin: admin, passwordHash: phc.flatMap(PasswordHash.init(phc:)), secondFactor: factor)
    }

    private func save(_ account: ConsoleAccount) throws {
        try run(
            """
            INSERT INTO console_account (admin, password_hash, second_factor, last_step) VALUES (?, ?, ?, ?)
            ON CONFLICT (admin) DO UPDATE SET password_hash = excluded.password_hash, second_factor = excluded.second_factor,
                last_step = excluded.last_step
            """,
            [
                account.admin.stored, account.passwordHash?.phc, account.secondFactor.map { Data($0.sealedSecret) },
                account.secondFactor?.lastStep,
            ])
        try run("DELETE FROM console_recovery_code WHERE admin = ?", [account.admin.stored])
        for code in account.secondFactor?.recoveryCodes ?? [] {
            try run(
                "INSERT INTO console_recovery_code (hash, admin) VALUES (?, ?)", [code.stored, account.admin.stored])
        }
    }

    private func open(_ session: NewConsoleSession, of admin: AdminID) throws {
        let moment = session.createdAt.milliseconds
        try run(
            """
            INSERT INTO console_session (id, hash, admin, agent, created_at, last_seen_at, password_confirmed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, [session.id.stored, session.hash.stored, admin.stored, session.agent, moment, moment, moment])
    }

    private func end(_ ending: ConsoleChange.Ending, of admin: AdminID) throws {
        switch ending {
        case .none: break
        case .all: try run("DELETE FROM console_session WHERE admin = ?", [admin.stored])
        case .allBut(let kept):
            try run("DELETE FROM console_session WHERE admin = ? AND id <> ?", [admin.stored, kept.stored])
        case .one(let id): try run("DELETE FROM console_session WHERE admin = ? AND id = ?", [admin.stored, id.stored])
        }
    }

    private func forgetConsole(before moment: Timestamp) throws {
        try run("DELETE FROM console_token WHERE expires_at < ?", [moment.milliseconds])
        try run("DELETE FROM console_session WHERE last_seen_at < ?", [moment.milliseconds])
    }

    private func consoleSession(_ row: Row) throws -> ConsoleSession? {
        let id: AdminID = try row.id("admin")
        guard let admin = try self.row("SELECT * FROM admin WHERE id = ?", [id.stored]) else { return nil }
        return ConsoleSession(
            id: try row.id("id"), admin: try Admin(row: admin), agent: try row.optional("agent"),
            startedAt: try row.time("created_at"), lastSeenAt: try row.time("last_seen_at"),
            passwordConfirmedAt: try row.time("password_confirmed_at"))
    }
}
