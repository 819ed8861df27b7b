import Accounts
import Geography
import Testing

@Suite("Account rules, on the ways less travelled")
struct AccountRuleTests {
    private let jane = "jane@example.com"

    private func developer(_ office: Office) async throws -> Developer {
        try #require(await office.store.developer(with: EmailAddress(jane), in: office.portal.id))
    }

    @Test("registering stores the newcomer as pending and unverified, without a password")
    func newcomer() async throws {
        let office = try await Office(autoApprove: true)
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        let developer = try await developer(office)
        #expect(developer.status == .pending && !developer.isVerified && developer.passwordHash == nil && !developer.mayLogIn)
    }

    @Test("admins are told of nobody before the address is verified and the password set")
    func quietUntilComplete() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        let token = try await office.verified(jane)
        #expect(try await office.mails(to: "admin@example.com").isEmpty)
        try await office.flows.passwords.setPassword(Office.password, token: token, at: office.portal)
        #expect(try await office.mails(to: "admin@example.com").count == 1)
    }

    @Test("a verified developer who never set a password gets a link by forgetting it, and the registration is completed by it")
    func lostCreationToken() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        let lost = try await office.verified(jane)
        office.clock.advance(by: .seconds(3600))
        await #expect(throws: AccountError.expiredToken) {
            try await office.flows.passwords.setPassword(Office.password, token: lost, at: office.portal)
        }
        try await office.flows.recovery.forgotPassword(email: jane, at: office.portal)
        let outcome = try await office.flows.passwords.setPassword(
            Office.password, token: office.mailedToken(to: jane), at: office.portal)
        #expect(outcome.status == .pending)
        #expect(try await office.mails(to: "admin@example.com").count == 1)
    }

    @Test("who was approved before setting a password logs in once it is set, and no admin is asked again")
    func approvedFirst() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        let token = try await office.verified(jane)
        _ = try await office.flows.approval.approve(developer(office).id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(jane) }
        let outcome = try await office.flows.passwords.setPassword(Office.password, token: token, at: office.portal)
        #expect(outcome.status == .approved)
        #expect(try await office.mails(to: "admin@example.com").isEmpty)
        _ = try await office.logIn(jane)
    }

    @Test("who was approved before setting a password, and lost the token, gets in by forgetting it")
    func approvedFirstAndLost() async throws {
        let office = try await Office()
        _ = try await office.verified(jane)
        _ = try await office.flows.approval.approve(developer(office).id, at: office.portal, by: .operator)
        try await office.flows.recovery.forgotPassword(email: jane, at: office.portal)
        try await office.flows.passwords.setPassword(Office.password, token: office.mailedToken(to: jane), at: office.portal)
        _ = try await office.logIn(jane)
    }

    @Test("an unverified developer who is rejected stays out: the old link is dead and a new registration is told so")
    func rejectedUnverified() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        let token = try await office.mailedToken(to: jane)
        _ = try await office.flows.approval.reject(developer(office).id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.verification.verify(token: token, at: office.portal)
        }
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        guard case .registrationStatus(_, .rejected, _) = try await office.mails(to: jane).last else {
            Issue.record("expected a mail that tells the rejection")
            return
        }
    }

    @Test("a rejected developer who is approved later logs in with the password of before")
    func approvedAfterRejection() async throws {
        let office = try await Office()
        let developer = try await office.member(jane)
        _ = try await office.flows.approval.reject(developer.id, at: office.portal, by: .operator)
        _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator)
        _ = try await office.logIn(jane)
    }

    @Test("revoking kills the reset link that was mailed before, and approving again does not revive it")
    func revokedLink() async throws {
        let office = try await Office(autoApprove: true)
        let developer = try await office.member(jane)
        try await office.flows.recovery.forgotPassword(email: jane, at: office.portal)
        let token = try await office.mailedToken(to: jane)
        _ = try await office.flows.approval.revoke(developer.id, at: office.portal, by: .operator)
        _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.passwords.setPassword("another good password", token: token, at: office.portal)
        }
    }

    @Test("registering again as verified changes neither name nor password nor link")
    func registeredAgain() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member(jane)
        try await office.flows.recovery.forgotPassword(email: jane, at: office.portal)
        let token = try await office.mailedToken(to: jane)
        let before = try await developer(office)
        try await office.flows.registration.register(fullName: "Eve", email: jane, at: office.portal)
        #expect(try await developer(office) == before)
        try await office.flows.passwords.setPassword("another good password", token: token, at: office.portal)
    }

    @Test("an address registered again in another spelling keeps its first one")
    func spelling() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: "Jane@Example.com", at: office.portal)
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        #expect(try await developer(office).email.value == "Jane@Example.com")
        #expect(try await office.mails(to: jane).count == 2)
    }

    @Test("a verification link is good for 24 hours, to the moment")
    func verificationTime() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        let token = try await office.mailedToken(to: jane)
        office.clock.advance(by: .seconds(24 * 3600))
        await #expect(throws: AccountError.expiredToken) {
            try await office.flows.verification.verify(token: token, at: office.portal)
        }
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        office.clock.advance(by: .milliseconds(24 * 3_600_000 - 1))
        let verified = try await office.flows.verification.verify(token: office.mailedToken(to: jane), at: office.portal)
        #expect(verified.email.value == jane)
    }

    @Test("a verification token sets no password, and a password token verifies nothing")
    func purposes() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        let verification = try await office.mailedToken(to: jane)
        await #expect(throws: AccountError.unknownToken) {
            try await office.flows.passwords.setPassword(Office.password, token: verification, at: office.portal)
        }
        let password = try await office.flows.verification.verify(token: verification, at: office.portal).passwordToken
        await #expect(throws: AccountError.unknownToken) {
            try await office.flows.verification.verify(token: password.description, at: office.portal)
        }
    }

    @Test("a token is unknown at another portal of the same geo, and stays good at its own")
    func otherPortal() async throws {
        let office = try await Office()
        let other = try await office.flows.portals.create(PortalDraft(name: "Other"), by: .operator)
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        let token = try await office.mailedToken(to: jane)
        await #expect(throws: AccountError.unknownToken) { try await office.flows.verification.verify(token: token, at: other) }
        _ = try await office.flows.verification.verify(token: token, at: office.portal)
    }

    @Test("passwords have 8 to 128 code points after NFC, in any script")
    func passwordLengths() async throws {
        let office = try await Office()
        for (text, isGood) in [
            ("𠮷𠮷𠮷𠮷𠮷𠮷𠮷", false), ("𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮶", true), (String(repeating: "e\u{301}", count: 7), false),
            (String(repeating: "e\u{301}", count: 8), true), (String(repeating: "e\u{301}", count: 128), true),
            (String(repeating: "𠮷", count: 128), true), (String(repeating: "a", count: 129), false), ("        ", true),
            ("", false),
        ] {
            let token = try await office.verified("dev\(text.hashValue)@example.com")
            if isGood {
                try await office.flows.passwords.setPassword(text, token: token, at: office.portal)
            } else {
                await #expect(throws: AccountError.self) {
                    try await office.flows.passwords.setPassword(text, token: token, at: office.portal)
                }
            }
        }
    }

    @Test("a password is the same in every Unicode form of it")
    func passwordForms() async throws {
        let office = try await Office(autoApprove: true)
        let token = try await office.verified(jane)
        try await office.flows.passwords.setPassword("cafe\u{301} au lait", token: token, at: office.portal)
        _ = try await office.logIn(jane, "caf\u{E9} au lait")
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(jane, "Café au lait") }
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn(jane, " café au lait") }
    }

    @Test("a name of nothing that can be seen is no name")
    func invisibleNames() {
        for name in ["\u{200B}", "\u{2060}\u{200D}", "\u{AD}", "\u{FEFF} \u{200E}", "\u{3000}"] {
            #expect(throws: FieldError.required("full_name")) { try FullName(name) }
        }
        #expect(throws: Never.self) { try FullName("नेपाली क्\u{200D}ष") }
    }

    @Test("no mail holds the address in a link, and every link begins with the portal's own host")
    func links() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        let developer = try await office.member(jane)
        _ = try await office.flows.approval.approve(developer.id, at: office.portal, by: .operator)
        try await office.flows.recovery.forgotPassword(email: jane, at: office.portal)
        try await office.flows.registration.register(fullName: "Jane", email: jane, at: office.portal)
        let text = await office.store.mails.map { "\($0.message)" }.joined()
        let links = text.matches(of: #/https?://[^\s")]+/#).map { String($0.0) }
        #expect(links.count >= 8)
        for link in links {
            #expect(!link.contains("@") && !link.contains("%40") && !link.lowercased().contains("jane"))
            #expect(link.hasPrefix("https://acme.eu.portal.example.com") || link.hasPrefix("https://eu.console.example.com"))
        }
    }
}
