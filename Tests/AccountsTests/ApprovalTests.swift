import Accounts
import Testing

@Suite("Approval")
struct ApprovalTests {
    @Test("the status machine has these steps and no others")
    func machine() {
        let steps: Set<[DeveloperStatus]> = [
            [.pending, .approved], [.pending, .rejected], [.approved, .revoked], [.revoked, .approved], [.rejected, .approved],
        ]
        for from in DeveloperStatus.allCases {
            for to in DeveloperStatus.allCases {
                if steps.contains([from, to]) {
                    #expect(throws: Never.self) { try from.transition(to: to) }
                } else {
                    #expect(throws: AccountError.invalidTransition(from: from, to: to)) { try from.transition(to: to) }
                }
            }
        }
    }

    @Test("approving says so by mail and lets the developer in")
    func approve() async throws {
        let office = try await Office()
        let developer = try await office.member("jane@example.com")
        _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator)
        #expect(
            try await office.mails(to: "jane@example.com").last
                == .approved(name: "Jane Doe", logInLink: "https://acme.eu.portal.example.com/login"))
        _ = try await office.logIn("jane@example.com")
    }

    @Test("a step that the machine does not have changes nothing and mails nothing")
    func invalid() async throws {
        let office = try await Office()
        let developer = try await office.member("jane@example.com")
        let before = await office.store.mails.count
        await #expect(throws: AccountError.invalidTransition(from: .pending, to: .revoked)) {
            try await office.flows.approval.revoke(developer.id, at: office.portal, by: .operator)
        }
        #expect(try await office.flows.approval.developer(developer.id, at: office.portal).status == .pending)
        #expect(await office.store.mails.count == before)
    }

    @Test("nobody is approved before the address is verified")
    func unverified() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        let developer = try #require(await office.store.developer(with: EmailAddress("jane@example.com"), in: office.portal.id))
        await #expect(throws: AccountError.self) {
            try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator)
        }
    }

    @Test("a deleted developer's address may register again, and its old links are dead")
    func delete() async throws {
        let office = try await Office(autoApprove: true)
        let developer = try await office.member("jane@example.com")
        try await office.flows.recovery.forgotPassword(email: "jane@example.com", at: office.portal)
        let link = try await office.mailedToken(to: "jane@example.com")
        try await office.flows.approval.delete(developer.id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.unknownToken) {
            try await office.flows.passwords.setPassword(Office.password, token: link, at: office.portal)
        }
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn("jane@example.com") }
        let again = try await office.member("jane@example.com")
        #expect(again.id != developer.id)
    }

    @Test("rejecting kills the links that were mailed before")
    func linksDie() async throws {
        let office = try await Office()
        let token = try await office.verified("jane@example.com")
        let developer = try #require(await office.store.developer(with: EmailAddress("jane@example.com"), in: office.portal.id))
        _ = try await office.flows.approval.reject(developer.id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.passwords.setPassword(Office.password, token: token, at: office.portal)
        }
    }
}
