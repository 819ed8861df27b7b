import Accounts
import AccountsTesting
import Testing

@Suite("Logging out where the identity provider is concerned")
struct ProviderLogOutTests {
    @Test("a session that was opened through the provider knows where to log out there; one by password does not")
    func address() async throws {
        let office = try await SignOnOffice()
        let session = try await office.signOn().session
        let portal = try await office.portal()
        for token in [session.access.value, session.refresh.value] {
            let address = try await office.flows.signOn.logOutAddress(showing: [token], at: portal)
            #expect(
                address == "https://id.example/logout?hint=id token of jane&to=https://acme.eu.portal.example.com/login")
        }
        let renewed = try await office.flows.sessions.refresh(showing: session.refresh.value, at: portal)
        #expect(try await office.flows.signOn.logOutAddress(showing: [renewed.access.value], at: portal) != nil)
        let member = try await office.office.member("old@example.com")
        _ = try await office.flows.approval.approve(member.id, at: portal, by: .operator)
        let byPassword = try await office.office.logIn("old@example.com")
        for tokens in [[byPassword.access.value], ["nonsense"], []] {
            #expect(try await office.flows.signOn.logOutAddress(showing: tokens, at: portal) == nil)
        }
    }

    @Test("a logout token ends the named session, or every session of the person, once")
    func backChannel() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.portal()
        let first = try await office.signOn(as: SignOnOffice.person(session: "one"))
        let second = try await office.signOn(as: SignOnOffice.person(session: "two"))
        let other = try await office.signOn(as: SignOnOffice.person("joe", email: "joe@example.com", session: "three"))
        let end = office.office.clock.now.adding(.seconds(300))
        office.providers.tell("a", ProviderLogOut(identity: nil, session: "one", tokenID: "1", expiresAt: end))
        let jane = SignOnIdentity(issuer: SignOnOffice.issuer, subject: "jane")
        office.providers.tell("b", ProviderLogOut(identity: jane, session: nil, tokenID: "2", expiresAt: end))

        try await office.flows.signOn.logOut(toldBy: "a", at: portal)
        await #expect(throws: AccountError.notAuthenticated) { try await office.developer(first) }
        _ = try await office.developer(second)
        try await office.flows.signOn.logOut(toldBy: "b", at: portal)
        await #expect(throws: AccountError.notAuthenticated) { try await office.developer(second) }
        _ = try await office.developer(other)

        let again = try await office.signOn()
        try await office.flows.signOn.logOut(toldBy: "b", at: portal)
        _ = try await office.developer(again)
        await #expect(throws: SignOnError.providerUntrusted(.noLogOut)) {
            try await office.flows.signOn.logOut(toldBy: "nonsense", at: portal)
        }
    }
}
