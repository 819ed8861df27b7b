import Accounts
import AccountsTesting
import Testing

@Suite("Invitations", .timeLimit(.minutes(5)))
struct InvitationTests {
    private static let jane = "jane@example.com"

    @Test("an invited developer sets a password by the mailed link, and is in")
    func invited() async throws {
        let office = try await Office()
        let developer = try await invite(office, status: .approved)
        #expect(developer.status == .approved && developer.origin == .invitation && !developer.isVerified)
        guard case .invited(let name, _, validMinutes: 7 * 24 * 60) = try await office.mails(to: Self.jane).last else {
            Issue.record("expected an invitation")
            return
        }
        #expect(name == "Jane Doe")
        try await office.flows.passwords.setPassword(
            Office.password, token: office.mailedToken(to: Self.jane), at: office.portal)
        _ = try await office.logIn(Self.jane)
    }

    @Test("or by forgot-password at any time, also where no invitation was sent")
    func forgotPassword() async throws {
        let office = try await Office()
        _ = try await invite(office, status: .approved, sendsMail: false)
        #expect(try await office.mails(to: Self.jane).isEmpty)
        office.clock.advance(by: .seconds(30 * 24 * 3600))
        try await office.flows.recovery.forgotPassword(email: Self.jane, at: office.portal)
        try await office.flows.passwords.setPassword(
            Office.password, token: office.mailedToken(to: Self.jane), at: office.portal)
        _ = try await office.logIn(Self.jane)
    }

    @Test("the status is the portal's usual one unless the admin says another", arguments: [true, false])
    func status(autoApprove: Bool) async throws {
        let office = try await Office(autoApprove: autoApprove)
        #expect(try await invite(office, status: nil).status == (autoApprove ? .approved : .pending))
        for status in DeveloperStatus.allCases {
            let developer = try await invite(office, "\(status)@example.com", status: status)
            #expect(developer.status == status)
        }
        // Whoever may not come in is not invited.
        #expect(try await office.mails(to: "rejected@example.com").isEmpty)
        #expect(try await office.mails(to: "revoked@example.com").isEmpty)
    }

    @Test("an invited developer who waits is approved before or after the first password")
    func approval() async throws {
        let office = try await Office()
        let developer = try await invite(office, status: .pending)
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(Self.jane) }
        _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator)
        let invitation = try #require(try await office.mails(to: Self.jane).first)
        guard case .invited(_, let link, _) = invitation else {
            Issue.record("expected an invitation")
            return
        }
        try await office.flows.passwords.setPassword(
            Office.password, token: String(try #require(link.split(separator: "=").last)), at: office.portal)
        _ = try await office.logIn(Self.jane)
    }

    @Test("whom an admin lets wait, waits, also where the portal approves by itself")
    func waits() async throws {
        let office = try await Office(autoApprove: true)
        try await invite(office, status: .pending)
        let outcome = try await office.flows.passwords.setPassword(
            Office.password, token: office.mailedToken(to: Self.jane), at: office.portal)
        #expect(outcome.status == .pending)
    }

    @Test("an address that has an account is a conflict, and its owner hears nothing")
    func taken() async throws {
        let office = try await Office()
        try await office.member(Self.jane)
        let count = try await office.mails(to: Self.jane).count
        await #expect(throws: AccountError.conflict("There is a developer with this address already.")) {
            try await invite(office, "JANE@example.com", status: .approved)
        }
        #expect(try await office.mails(to: Self.jane).count == count)
    }

    @Test("registering at an address that was invited tells its owner the status, and changes nothing")
    func registerAfterwards() async throws {
        let office = try await Office()
        let developer = try await invite(office, status: .approved)
        try await office.flows.registration.register(fullName: "Somebody Else", email: Self.jane, at: office.portal)
        let stored = await office.store.developer(developer.id, in: office.portal.id)
        #expect(stored == developer)
        guard case .registrationStatus(_, .approved, _) = try await office.mails(to: Self.jane).last else {
            Issue.record("expected a mail about the status")
            return
        }
    }

    @Test("an admin's new name for a developer is kept and audited")
    func rename() async throws {
        let office = try await Office()
        let developer = try await office.member(Self.jane)
        let admin = try await office.admin()
        let renamed = try await office.flows.approval.rename(developer.id, at: office.portal, to: " Joan Roe ", by: admin)
        #expect(renamed.fullName.value == "Joan Roe")
        let last = await office.store.auditEntries(matching: AuditFilter(), after: 0, limit: 100).last?.event
        #expect(last == AuditEvent(.renamed, by: admin, on: renamed))
        await #expect(throws: AccountError.self) {
            try await office.flows.approval.rename(developer.id, at: office.portal, to: "a\r\nBcc: x", by: admin)
        }
    }

    @discardableResult
    private func invite(
        _ office: Office, _ address: String = jane, status: DeveloperStatus?, sendsMail: Bool = true
    ) async throws -> Developer {
        try await office.flows.invitation.create(
            fullName: "Jane Doe", email: address, status: status, sendsMail: sendsMail, at: office.portal, by: .operator)
    }
}
