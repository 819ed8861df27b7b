import Accounts
import Testing

@Suite("Creating a password")
struct PasswordTests {
    @Test("with auto-approve the developer is approved at once and logs in")
    func autoApproved() async throws {
        let office = try await Office(autoApprove: true)
        let outcome = try await office.flows.passwords.setPassword(
            Office.password, token: office.verified("jane@example.com"), at: office.portal)
        #expect(outcome.status == .approved)
        let tokens = try await office.logIn("jane@example.com")
        let developer = try await office.flows.sessions.developer(showing: tokens.access.value, at: office.portal)
        #expect(developer.email.value == "jane@example.com")
    }

    @Test("without auto-approve the developer waits, and the admins are told without a name")
    func waits() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        let developer = try await office.member("jane@example.com")
        #expect(developer.status == .pending)
        let mails = try await office.mails(to: "admin@example.com")
        let link = "https://eu.console.example.com/portals/acme/requests"
        #expect(mails == [.approvalRequested(developer: nil, consoleLink: link)])
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn("jane@example.com") }
    }

    @Test("admins are told the name where the portal allows it")
    func named() async throws {
        let office = try await Office()
        _ = try await office.flows.admins.createToken(for: "admin@example.com", named: "test")
        var draft = PortalDraft()
        draft.adminMailsNameDevelopers = true
        _ = try await office.flows.portals.update(office.portal.id, with: draft, by: .operator)
        try await office.member("jane@example.com")
        let applicant = AccountMessage.Applicant(name: "Jane Doe", email: "jane@example.com")
        let link = "https://eu.console.example.com/portals/acme/requests"
        let mails = try await office.mails(to: "admin@example.com")
        #expect(mails == [.approvalRequested(developer: applicant, consoleLink: link)])
    }

    @Test("switching auto-approve on leaves waiting developers waiting")
    func switchedOn() async throws {
        let office = try await Office()
        try await office.member("jane@example.com")
        var draft = PortalDraft()
        draft.autoApproveDevelopers = true
        _ = try await office.flows.portals.update(office.portal.id, with: draft, by: .operator)
        try await office.flows.recovery.forgotPassword(email: "jane@example.com", at: office.portal)
        let outcome = try await office.flows.passwords.setPassword(
            "another good password", token: office.mailedToken(to: "jane@example.com"), at: office.portal)
        #expect(outcome.status == .pending)
    }

    @Test("a token sets a password once")
    func once() async throws {
        let office = try await Office(autoApprove: true)
        let token = try await office.verified("jane@example.com")
        try await office.flows.passwords.setPassword(Office.password, token: token, at: office.portal)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.passwords.setPassword("another good password", token: token, at: office.portal)
        }
        _ = try await office.logIn("jane@example.com")
    }

    @Test("of two uses of a token at once exactly one wins")
    func race() async throws {
        let office = try await Office(autoApprove: true)
        let token = try await office.verified("jane@example.com")
        let winners = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (try? await office.flows.passwords.setPassword(
                        "a password, number \(number)", token: token, at: office.portal))
                        != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test("a token expires", arguments: [(Duration.seconds(3599), true), (.seconds(3600), false)])
    func expiry(age: Duration, isGood: Bool) async throws {
        let office = try await Office(autoApprove: true)
        let token = try await office.verified("jane@example.com")
        office.clock.advance(by: age)
        let isSet = (try? await office.flows.passwords.setPassword(Office.password, token: token, at: office.portal)) != nil
        #expect(isSet == isGood)
    }

    @Test(
        "a password that breaks a rule is refused by name, and the token stays good",
        arguments: [
            ("short12", FieldError.Rule.minimumLength(8)), (String(repeating: "x", count: 129), .maximumLength(128)),
            ("password1", .invalid), ("PASSWORD1", .invalid), ("jane.doe@example.com", .invalid), ("JANE.DOE", .invalid),
            ("Jane Doe", .invalid),
        ])
    func rules(password: String, rule: FieldError.Rule) async throws {
        let office = try await Office(autoApprove: true)
        let token = try await office.verified("jane.doe@example.com")
        do {
            try await office.flows.passwords.setPassword(password, token: token, at: office.portal)
            Issue.record("expected a refusal")
        } catch AccountError.invalidFields(let errors) {
            #expect(errors.map(\.rule) == [rule] && errors.map(\.field) == ["password"])
        }
        try await office.flows.passwords.setPassword(String(repeating: "ü", count: 128), token: token, at: office.portal)
    }

    @Test("what is no token is a wrong field; what nobody minted is unknown; a foreign one is unknown")
    func tokens() async throws {
        let office = try await Office()
        let wrong = FieldError(field: "token", rule: .isUUID, reason: "must be a UUID")
        await #expect(throws: AccountError.invalidFields([wrong])) {
            try await office.flows.passwords.setPassword(Office.password, token: "abc", at: office.portal)
        }
        for unknown in ["c8efd006-d8e1-4743-b91b-f163b9eae06a", "0194b1c6-7c00-8002-8000-000000000001"] {
            await #expect(throws: AccountError.unknownToken) {
                try await office.flows.passwords.setPassword(Office.password, token: unknown, at: office.portal)
            }
        }
    }

    @Test("setting a new password ends every session and says so by mail")
    func changed() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        let session = try await office.logIn("jane@example.com")
        try await office.flows.recovery.forgotPassword(email: "jane@example.com", at: office.portal)
        let token = try await office.mailedToken(to: "jane@example.com")
        try await office.flows.passwords.setPassword("another good password", token: token, at: office.portal)
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.developer(showing: session.access.value, at: office.portal)
        }
        await #expect(throws: AccountError.notAuthenticated) {
            try await office.flows.sessions.refresh(showing: session.refresh.value, at: office.portal)
        }
        guard case .passwordChanged = try await office.mails(to: "jane@example.com").last else {
            Issue.record("expected a mail about the changed password")
            return
        }
        await #expect(throws: AccountError.invalidCredentials) { try await office.logIn("jane@example.com") }
        _ = try await office.logIn("jane@example.com", "another good password")
    }

    @Test("forgetting mails nothing to unknown, unverified, rejected and revoked addresses")
    func noLink() async throws {
        let office = try await Office()
        try await office.flows.registration.register(fullName: "Una", email: "una@example.com", at: office.portal)
        let rejected = try await office.member("rejected@example.com")
        _ = try await office.flows.approval.reject(rejected.id, at: office.portal, by: .operator)
        let revoked = try await office.member("revoked@example.com")
        _ = try await office.flows.approval.approve(revoked.id, at: office.portal, by: .operator)
        _ = try await office.flows.approval.revoke(revoked.id, at: office.portal, by: .operator)
        let before = await office.store.mails.count
        for address in ["nobody@example.com", "una@example.com", "rejected@example.com", "revoked@example.com"] {
            try await office.flows.recovery.forgotPassword(email: address, at: office.portal)
        }
        #expect(await office.store.mails.count == before)
    }

    @Test("a newer reset link kills the older one")
    func newerLink() async throws {
        let office = try await Office(autoApprove: true)
        try await office.member("jane@example.com")
        try await office.flows.recovery.forgotPassword(email: "jane@example.com", at: office.portal)
        let older = try await office.mailedToken(to: "jane@example.com")
        try await office.flows.recovery.forgotPassword(email: "jane@example.com", at: office.portal)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.passwords.setPassword("another good password", token: older, at: office.portal)
        }
    }
}
