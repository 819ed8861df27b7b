import Accounts
import AccountsTesting
import Testing

@Suite("A developer's own account", .timeLimit(.minutes(5)))
struct OwnAccountTests {
    private static let jane = "jane@example.com"

    @Test("a developer changes the name, and a bad one changes nothing")
    func rename() async throws {
        let (office, session) = try await open()
        #expect(try await office.flows.ownAccount.rename(to: "Joan Roe", in: session).fullName.value == "Joan Roe")
        for bad in ["", "  ", "a\r\nBcc: x", String(repeating: "x", count: 251)] {
            await #expect(throws: AccountError.self) { try await office.flows.ownAccount.rename(to: bad, in: session) }
        }
        #expect(await office.store.developer(session.developer.id, in: office.portal.id)?.fullName.value == "Joan Roe")
    }

    @Test("a new password needs the old one, ends every other session, and is told by mail")
    func changePassword() async throws {
        let (office, session) = try await open()
        let other = try await office.logIn(Self.jane)
        try await office.flows.ownAccount.changePassword(from: Office.password, to: "another good one", in: session)
        #expect(try await office.flows.ownAccount.sessions(in: session).map(\.id) == [session.id])
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.developer(showing: other.access.value, at: office.portal)
        }
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(Self.jane) }
        _ = try await office.logIn(Self.jane, "another good one")
        guard case .passwordChanged = try await office.mails(to: Self.jane).last else {
            Issue.record("expected a mail")
            return
        }
    }

    @Test("a link that was mailed before sets no password after it was changed")
    func linksDie() async throws {
        let (office, session) = try await open()
        try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal)
        let token = try await office.mailedToken(to: Self.jane)
        try await office.flows.ownAccount.changePassword(from: Office.password, to: "another good one", in: session)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.passwords.setPassword("a third good one", token: token, at: office.portal)
        }
    }

    @Test("a wrong old password names its field, changes nothing, and is throttled apart from log-ins")
    func wrongPassword() async throws {
        let (office, session) = try await open()
        for _ in 0..<11 {
            await #expect(throws: AccountError.invalidField(.invalid("current_password", because: .wrongPassword))) {
                try await office.flows.ownAccount.changePassword(from: "wrong", to: "another good one", in: session)
            }
        }
        await #expect(throws: AccountError.throttled(retryAfterSeconds: 1)) {
            try await office.flows.ownAccount.delete(password: Office.password, in: session)
        }
        // A thief with a session cannot shut its owner out.
        _ = try await office.logIn(Self.jane)
    }

    @Test("a new password that breaks a rule names its field, before the old one is asked for")
    func badNewPassword() async throws {
        let (office, session) = try await open()
        await #expect(throws: AccountError.invalidField(.tooShort("new_password", minimum: 8))) {
            try await office.flows.ownAccount.changePassword(from: Office.password, to: "short", in: session)
        }
    }

    @Test("sessions are listed, and end one by one or all at once")
    func sessions() async throws {
        let (office, session) = try await open()
        let account = office.flows.ownAccount
        let second = try await office.logIn(Self.jane)
        let other = try await office.flows.sessions.session(showing: second.access.value, at: office.portal)
        #expect(try await Set(account.sessions(in: session).map(\.id)) == [session.id, other.id])
        try await account.end(other.id, in: session)
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.refresh(showing: second.refresh.value, at: office.portal)
        }
        await #expect(throws: AccountError.notFound("session")) { try await account.end(other.id, in: session) }
        try await account.endAllSessions(in: session)
        #expect(try await account.sessions(in: session).isEmpty)
    }

    @Test("nobody ends a session of somebody else")
    func othersSession() async throws {
        let (office, session) = try await open()
        try await office.member("joan@example.com")
        let tokens = try await office.logIn("joan@example.com")
        let other = try await office.flows.sessions.session(showing: tokens.access.value, at: office.portal)
        await #expect(throws: AccountError.notFound("session")) {
            try await office.flows.ownAccount.end(other.id, in: session)
        }
        _ = try await office.flows.sessions.developer(showing: tokens.access.value, at: office.portal)
    }

    @Test("an export has the account, its sessions and what the log tells, and nothing about others")
    func export() async throws {
        let (office, session) = try await open()
        try await office.member("joan@example.com")
        let export = try await office.flows.ownAccount.export(in: session)
        #expect(export.developer.id == session.developer.id)
        #expect(export.sessions.map(\.id) == [session.id])
        #expect(export.auditEntries.allSatisfy { $0.event.developer == session.developer.id })
        #expect(export.auditEntries.map(\.event.action).first == .developerRegistered)
        #expect(export.auditEntries.map(\.event.action).last == .dataExported)
    }

    @Test("deleting needs the password, ends everything, and frees the address")
    func delete() async throws {
        let (office, session) = try await open()
        await #expect(throws: AccountError.invalidField(.invalid("password", because: .wrongPassword))) {
            try await office.flows.ownAccount.delete(password: "wrong", in: session)
        }
        try await office.flows.ownAccount.delete(password: Office.password, in: session)
        #expect(await office.store.developer(session.developer.id, in: office.portal.id) == nil)
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.ownAccount.rename(to: "Ghost", in: session)
        }
        try await office.member(Self.jane)
        _ = try await office.logIn(Self.jane)
    }

    @Test("a revoked developer's session does nothing any more")
    func revoked() async throws {
        let (office, session) = try await open()
        _ = try await office.flows.approval.revoke(session.developer.id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.ownAccount.rename(to: "Joan", in: session)
        }
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.ownAccount.endAllSessions(in: session)
        }
    }

    private func open() async throws -> (Office, OpenSession) {
        let office = try await Office(autoApprove: true)
        try await office.member(Self.jane)
        let tokens = try await office.logIn(Self.jane)
        return (office, try await office.flows.sessions.session(showing: tokens.access.value, at: office.portal))
    }
}
