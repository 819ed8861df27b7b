import Accounts
import AccountsTesting
import Geography
import Testing

@Suite("Logging in through an identity provider")
struct SignOnTests {
    @Test("the first log-in makes an approved and verified developer, though the portal approves nobody by itself")
    func first() async throws {
        let office = try await SignOnOffice()
        let developer = try await office.developer(office.signOn())
        #expect(developer.status == .approved && developer.isVerified && developer.origin == .singleSignOn)
        #expect(developer.fullName.value == "Jane Doe" && developer.email.value == "jane@example.com")
        #expect(developer.passwordHash == nil)
    }

    @Test("a later log-in finds the same developer, and takes no data again")
    func later() async throws {
        let office = try await SignOnOffice()
        let first = try await office.developer(office.signOn())
        let changed = SignOnOffice.person(email: "married@example.com", isVerified: false, name: "Jane Roe")
        await #expect(throws: SignOnError.unverifiedAddress) { try await office.signOn(as: changed) }
        let second = try await office.developer(
            office.signOn(as: SignOnOffice.person(email: "married@example.com", name: "Jane Roe")))
        #expect(second == first)
    }

    @Test("a deleted developer is a new one at the next log-in")
    func deleted() async throws {
        let office = try await SignOnOffice()
        let first = try await office.developer(office.signOn())
        try await office.flows.approval.delete(first.id, at: office.office.portal, by: .operator)
        let second = try await office.developer(office.signOn())
        #expect(second.id != first.id && second.status == .approved)
    }

    @Test("a revoked developer is refused as a wrong log-in is, and by every session; approving lets in again")
    func revoked() async throws {
        let office = try await SignOnOffice()
        let outcome = try await office.signOn()
        let developer = try await office.developer(outcome)
        _ = try await office.flows.approval.revoke(developer.id, at: office.office.portal, by: .operator)
        await #expect(throws: AccountError.notAuthenticated) { try await office.developer(outcome) }
        await #expect(throws: AccountError.invalidCredentials) { try await office.signOn() }
        _ = try await office.flows.approval.approve(developer.id, at: office.office.portal, by: .operator)
        #expect(try await office.developer(office.signOn()).id == developer.id)
    }

    @Test("a rejected registration is refused as a wrong log-in is, also where the provider has verified the address")
    func rejected() async throws {
        let office = try await SignOnOffice(linksVerifiedAddresses: true)
        let waiting = try await office.office.member("jane@example.com")
        _ = try await office.flows.approval.reject(waiting.id, at: office.office.portal, by: .operator)
        await #expect(throws: AccountError.invalidCredentials) {
            try await office.signOn(as: SignOnOffice.person(isVerified: true))
        }
    }

    @Test(
        "an account with a password is opened only where the provider has verified the address and the portal allows it",
        arguments: [(nil, true), (false, true), (true, false), (nil, false), (true, true)] as [(Bool?, Bool)])
    func linking(isVerified: Bool?, isAllowed: Bool) async throws {
        let office = try await SignOnOffice(linksVerifiedAddresses: isAllowed)
        let member = try await office.office.member("Jane@example.com")
        let person = SignOnOffice.person(isVerified: isVerified)
        if isVerified == true, isAllowed {
            let developer = try await office.developer(office.signOn(as: person))
            #expect(developer.id == member.id && developer.status == .approved && developer.passwordHash == member.passwordHash)
        } else {
            let expected = isVerified == false ? SignOnError.unverifiedAddress : .addressTaken
            await #expect(throws: expected) { try await office.signOn(as: person) }
            #expect(await office.office.store.developer(member.id, in: office.office.portal.id) == member)
        }
    }

    @Test("a registration that nobody verified does not keep the person out, and its mailed link is spent")
    func unclaimed() async throws {
        let office = try await SignOnOffice()
        try await office.flows.registration.register(
            fullName: "Somebody Else", email: "jane@example.com", at: office.office.portal)
        let token = try await office.office.mailedToken(to: "jane@example.com")
        let developer = try await office.developer(office.signOn())
        #expect(developer.fullName.value == "Jane Doe" && developer.isVerified && developer.status == .approved)
        await #expect(throws: AccountError.usedToken) {
            try await office.flows.verification.verify(token: token, at: office.office.portal)
        }
    }

    @Test("two providers with one subject mean two people, and none gets the other's account")
    func twoProviders() async throws {
        let office = try await SignOnOffice()
        let first = try await office.developer(office.signOn())
        var draft = IdentityProviderDraft()
        draft.isEnabled = false
        let portal = try await office.portal()
        _ = try await office.flows.identityProviders.update(office.provider.id, with: draft, of: portal, by: .operator)
        draft.isEnabled = true
        draft.issuer = "https://other.example"
        draft.clientID = "portal"
        _ = try await office.flows.identityProviders.create(draft, of: portal, by: .operator)
        let twin = { SignOnOffice.person(email: $0, isVerified: true, issuer: "https://other.example") }
        await #expect(throws: SignOnError.addressTaken) { try await office.signOn(as: twin("jane@example.com")) }
        let second = try await office.developer(office.signOn(as: twin("twin@example.com")))
        #expect(second.id != first.id)
    }

    @Test("an address that the provider gave to a new person does not open the former one's account")
    func recycledAddress() async throws {
        let office = try await SignOnOffice(linksVerifiedAddresses: true)
        try await office.signOn()
        await #expect(throws: SignOnError.addressTaken) {
            try await office.signOn(as: SignOnOffice.person("another", isVerified: true))
        }
    }

    @Test(
        "without an address, or with one that is none, nobody gets in", arguments: [nil, "", "jane", "jane@", "a b@example.com"])
    func noAddress(email: String?) async throws {
        let office = try await SignOnOffice()
        await #expect(throws: SignOnError.noAddress) { try await office.signOn(as: SignOnOffice.person(email: email)) }
    }

    @Test(
        "a name that is missing or no name is replaced, and one with control characters is cleaned",
        arguments: [
            (nil, "jane"), ("", "jane"), ("  ", "jane"), ("Jane\r\nBcc: x", "JaneBcc: x"),
            (String(repeating: "x", count: 300), "jane"),
        ] as [(String?, String)])
    func names(told: String?, kept: String) async throws {
        let office = try await SignOnOffice()
        #expect(try await office.developer(office.signOn(as: SignOnOffice.person(name: told))).fullName.value == kept)
    }

    @Test("who came through a provider gets no link for a password")
    func noPassword() async throws {
        let office = try await SignOnOffice()
        try await office.signOn()
        try await office.flows.recovery.forgotPassword(email: "jane@example.com", at: office.office.portal)
        #expect(try await office.office.mails(to: "jane@example.com").isEmpty)
        await #expect(throws: AccountError.invalidCredentials) { try await office.office.logIn("jane@example.com") }
    }

    @Test("the audit log tells of the first and of each log-in, by ids")
    func audited() async throws {
        let office = try await SignOnOffice()
        let developer = try await office.developer(office.signOn())
        try await office.signOn()
        var filter = AuditFilter()
        filter.developer = developer.id
        let entries = await office.office.store.auditEntries(matching: filter, after: 0, limit: 100)
        #expect(entries.map(\.event.action) == [.signedUp, .loggedIn, .loggedIn])
    }
}
