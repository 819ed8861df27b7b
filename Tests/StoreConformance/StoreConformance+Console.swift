import Accounts
import Testing

extension StoreConformance {
    static let console: [ConformanceCase] = [
        ConformanceCase("an admin's console account is as it was written, and goes with the admin") { bench in
            let admin = try await bench.newAdmin()
            var account = ConsoleAccount(admin: admin.id, passwordHash: bench.passwordHash)
            account.secondFactor = SecondFactor(
                sealedSecret: [1, 2, 3], lastStep: 42, recoveryCodes: [bench.consoleHash(), bench.consoleHash()])
            try await bench.changeConsole(of: admin) { [account] in $0.account = account }
            let read = { (key: ConsoleKey) in try await bench.store.step(onConsole: key) { ConsoleDecision($0.account) } }
            #expect(try await read(.admin(admin.id)) == account)
            #expect(try await read(.address(admin.email)) == account)
            account.secondFactor = nil
            try await bench.changeConsole(of: admin) { [account] in $0.account = account }
            #expect(try await read(.admin(admin.id)) == account)
            let reopened = try await bench.host.open()
            #expect(try await reopened.step(onConsole: .admin(admin.id)) { ConsoleDecision($0.account) } == account)
        },
        ConformanceCase("an admin's console account, tokens and sessions go with the admin") { bench in
            let admin = try await bench.newAdmin()
            let (token, session) = (bench.consoleToken(), bench.consoleSession())
            try await bench.changeConsole(of: admin) {
                $0.account = ConsoleAccount(admin: admin.id)
                $0.issues = token
                $0.opens = session
            }
            try await bench.remove(admin)
            #expect(try await bench.store.consoleSession(with: session.hash) == nil)
            #expect(try await bench.store.step(onConsole: .token(token.hash)) { ConsoleDecision($0.admin) } == nil)
            #expect(try await bench.store.step(onConsole: .admin(admin.id)) { ConsoleDecision($0.account) } == nil)
        },
        ConformanceCase("a step forgets tokens and sessions of all admins that are older than it says") { bench in
            let (admin, other) = (try await bench.newAdmin(), try await bench.newAdmin("b@example.com"))
            let (token, session) = (bench.consoleToken(), bench.consoleSession())
            try await bench.changeConsole(of: admin) {
                $0.issues = token
                $0.opens = session
            }
            let isThere = {
                let found = try await bench.store.step(onConsole: .token(token.hash)) { ConsoleDecision($0.token != nil) }
                return (found, try await bench.store.consoleSession(with: session.hash) != nil)
            }
            try await bench.changeConsole(of: other) { $0.forgetsBefore = session.createdAt }
            #expect(try await isThere() == (true, true))
            try await bench.changeConsole(of: other) { $0.forgetsBefore = session.createdAt.adding(.milliseconds(1)) }
            #expect(try await isThere() == (true, false))
            try await bench.changeConsole(of: other) { $0.forgetsBefore = token.expiresAt.adding(.milliseconds(1)) }
            #expect(try await isThere() == (false, false))
        },
        ConformanceCase("a console token is found until its purpose is spent, and counts in its hour") { bench in
            let (admin, other) = (try await bench.newAdmin(), try await bench.newAdmin("b@example.com"))
            let token = bench.consoleToken()
            try await bench.changeConsole(of: admin) { $0.issues = token }
            try await bench.changeConsole(of: other) { $0.spends = [.setPassword] }
            try await bench.changeConsole(of: admin) { $0.spends = [.secondFactor] }
            let found = try await bench.store.step(onConsole: .token(token.hash)) { ConsoleDecision($0) }
            #expect(found.token == token && found.admin == admin && found.linksOfLastHour == 1)
            #expect(try await bench.store.step(onConsole: .admin(other.id)) { ConsoleDecision($0.linksOfLastHour) } == 0)
            try await bench.changeConsole(of: admin) { $0.spends = [.setPassword] }
            let spent = try await bench.store.step(onConsole: .token(token.hash)) { ConsoleDecision($0) }
            #expect(spent.token == nil && spent.admin == nil)
            #expect(try await bench.store.step(onConsole: .admin(admin.id)) { ConsoleDecision($0.linksOfLastHour) } == 1)
        },
        ConformanceCase("console sessions are found by their hash, noted, confirmed, and end as a step says") { bench in
            let admin = try await bench.newAdmin()
            let sessions = (0..<3).map { _ in bench.consoleSession() }
            for session in sessions { try await bench.changeConsole(of: admin) { $0.opens = session } }
            let ids = { try await bench.store.consoleSessions(of: admin.id).map(\.id) }
            #expect(try await ids() == sessions.map(\.id).reversed())
            let later = bench.now.adding(.seconds(90))
            try await bench.store.note(useOf: sessions[0].id, at: later)
            try await bench.changeConsole(of: admin) { $0.confirms = (sessions[1].id, later) }
            let first = try await bench.store.consoleSession(with: sessions[0].hash)
            #expect(first?.lastSeenAt == later && first?.passwordConfirmedAt == sessions[0].createdAt && first?.admin == admin)
            #expect(try await bench.store.consoleSession(with: sessions[1].hash)?.passwordConfirmedAt == later)
            try await bench.changeConsole(of: admin) { $0.ends = .one(sessions[2].id) }
            #expect(try await ids() == [sessions[1].id, sessions[0].id])
            try await bench.changeConsole(of: admin) { $0.ends = .allBut(sessions[0].id) }
            #expect(try await ids() == [sessions[0].id])
            try await bench.changeConsole(of: admin) { $0.ends = .all }
            #expect(try await bench.store.consoleSession(with: sessions[0].hash) == nil)
        },
        ConformanceCase("a step of the console that throws changes nothing") { bench in
            let admin = try await bench.newAdmin()
            await #expect(throws: AccountError.unknownToken) {
                try await bench.store.step(onConsole: .admin(admin.id)) { _ -> ConsoleDecision<Void> in
                    throw AccountError.unknownToken
                }
            }
            #expect(try await bench.store.step(onConsole: .admin(admin.id)) { ConsoleDecision($0.account) } == nil)
        },
    ]
}

extension StoreBench {
    fileprivate var passwordHash: PasswordHash? {
        PasswordHash(phc: "$scrypt$ln=10,r=8,p=1$MTIzNDU2Nzg5MDEyMzQ1Ng$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI")
    }

    fileprivate func consoleHash() -> TokenHash { TokenHash(of: mint.credential(.consoleTicket)) }

    fileprivate func consoleToken() -> ConsoleToken {
        ConsoleToken(hash: consoleHash(), purpose: .setPassword, expiresAt: now.adding(.seconds(60)))
    }

    fileprivate func consoleSession() -> NewConsoleSession {
        NewConsoleSession(
            id: mint.id(), hash: TokenHash(of: mint.credential(.consoleSession)), agent: "A browser", createdAt: now)
    }

    fileprivate func newAdmin(_ address: String = "a@example.com") async throws -> Admin {
        let admin = Admin(id: mint.id(), email: try EmailAddress(address), createdAt: now)
        return try await store.stepOnAdmins { _ in
            var decision = AdminDecision(admin)
            decision.saves = [admin]
            return decision
        }
    }

    fileprivate func remove(_ admin: Admin) async throws {
        try await store.stepOnAdmins { _ in
            var decision = AdminDecision(())
            decision.deletes = admin.id
            return decision
        }
    }

    fileprivate func changeConsole(
        of admin: Admin, _ change: @escaping @Sendable (inout ConsoleChange) -> Void
    ) async throws {
        try await store.step(onConsole: .admin(admin.id)) { _ in
            var made = ConsoleChange()
            change(&made)
            return ConsoleDecision((), made)
        }
    }
}
