import Accounts
import Testing

@Suite("Registration")
struct RegistrationTests {
    @Test("a new address gets a verification mail whose link holds no address")
    func newAddress() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane Doe", email: "jane@example.com", at: office.portal)
        let mails = try await office.mails(to: "jane@example.com")
        guard case .verifyEmail(let name, let link, let minutes) = try #require(mails.first) else {
            Issue.record("expected a verification mail")
            return
        }
        #expect(mails.count == 1 && name == "Jane Doe" && minutes == 1440)
        #expect(link.hasPrefix("https://acme.eu.portal.example.com/login?token="))
        #expect(!link.contains("jane"))
    }

    @Test("registering again before verifying mails a new link, and the old one dies")
    func renewed() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        let old = try await office.mailedToken(to: "jane@example.com")
        try await office.flows.registration.register(fullName: "Jane Doe", email: "JANE@example.com", at: office.portal)
        let new = try await office.mailedToken(to: "jane@example.com")
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.verification.verify(token: old, at: office.portal)
        }
        _ = try await office.flows.verification.verify(token: new, at: office.portal)
        let developer = try #require(await office.store.developer(with: EmailAddress("jane@example.com"), in: office.portal.id))
        #expect(developer.fullName.value == "Jane Doe")
    }

    @Test("a verified address is told its status, once in ten minutes")
    func statusMail() async throws {
        let office = try await Office()
        try await office.member("jane@example.com")
        let before = try await office.mails(to: "jane@example.com").count
        for _ in 0..<3 {
            try await office.flows.registration.register(fullName: "Eve", email: "jane@example.com", at: office.portal)
        }
        var mails = try await office.mails(to: "jane@example.com")
        #expect(mails.count == before + 1)
        #expect(
            mails.last
                == .registrationStatus(name: "Jane Doe", status: .pending, logInLink: "https://acme.eu.portal.example.com/login"))
        office.clock.advance(by: .seconds(600))
        try await office.flows.registration.register(fullName: "Eve", email: "jane@example.com", at: office.portal)
        mails = try await office.mails(to: "jane@example.com")
        #expect(mails.count == before + 2)
    }

    @Test("who was told the status while the clock was ahead is told again when it is set back")
    func clockSetBack() async throws {
        let office = try await Office()
        _ = try await office.verified("jane@example.com")
        let before = try await office.mails(to: "jane@example.com").count
        for shift in [86_400, -86_400] {
            office.clock.advance(by: .seconds(shift))
            try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        }
        #expect(try await office.mails(to: "jane@example.com").count == before + 2)
    }

    @Test(
        "a rejected, a revoked and an approved developer are told so", arguments: [DeveloperStatus.rejected, .revoked, .approved])
    func decided(status: DeveloperStatus) async throws {
        let office = try await Office()
        let developer = try await office.member("jane@example.com")
        if status == .revoked { _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator) }
        _ = try await office.flows.approval.change(developer.id, at: office.portal, to: status, by: .operator)
        try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: office.portal)
        guard case .registrationStatus(_, let told, _) = try await office.mails(to: "jane@example.com").last else {
            Issue.record("expected a status mail")
            return
        }
        #expect(told == status)
    }

    @Test("every wrong field is named, and nothing is stored")
    func wrongFields() async throws {
        let office = try await Office()
        do {
            try await office.flows.registration.register(
                fullName: "Jane\r\nBcc: eve@example.com", email: "jane", at: office.portal)
            Issue.record("expected a refusal")
        } catch AccountError.invalidFields(let errors) {
            #expect(errors.map(\.field) == ["full_name", "email"])
        }
        #expect(await office.store.mails.isEmpty)
    }

    @Test("names have 1 to 250 characters of any script")
    func names() throws {
        #expect(try FullName(" 山田 太郎 ").value == "山田 太郎")
        #expect(try FullName(String(repeating: "é", count: 250)).value.count == 250)
        #expect(throws: FieldError.self) { try FullName(String(repeating: "é", count: 251)) }
        for wrong in ["", "   ", "a\u{0}b", "a\nb", "a\u{2028}b", "a\u{202E}b"] {
            #expect(throws: FieldError.self) { try FullName(wrong) }
        }
    }

    @Test("a portal without accounts takes no registrations")
    func disabled() async throws {
        let office = try await Office()
        var draft = PortalDraft()
        draft.authenticationEnabled = false
        let portal = try await office.flows.portals.update(office.portal.id, with: draft, by: .operator)
        await #expect(throws: AccountError.authenticationDisabled) {
            try await office.flows.registration.register(fullName: "Jane", email: "jane@example.com", at: portal)
        }
    }
}
