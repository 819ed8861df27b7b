import Accounts
import AccountsTesting
import Testing

@Suite("Which methods of log-in a portal has")
struct LogInMethodTests {
    @Test("the last method cannot be switched off, by whatever way")
    func neverNone() async throws {
        let office = try await SignOnOffice()
        let methods = office.flows.identityProviders
        let portal = try await methods.switchMethods(
            passwords: false, singleSignOn: nil, of: office.portal(), by: .operator)
        #expect(!portal.settings.offersPasswords && portal.settings.offersSignOn)
        var draft = IdentityProviderDraft()
        draft.isEnabled = false
        let off = draft
        await expectConflict {
            _ = try await methods.switchMethods(passwords: nil, singleSignOn: false, of: portal, by: .operator)
        }
        await expectConflict { _ = try await methods.update(office.provider.id, with: off, of: portal, by: .operator) }
        await expectConflict { try await methods.delete(office.provider.id, of: portal, by: .operator) }
        #expect(try await office.portal().settings == portal.settings)
        let both = try await methods.switchMethods(passwords: true, singleSignOn: nil, of: portal, by: .operator)
        try await methods.delete(office.provider.id, of: both, by: .operator)
        #expect(try await office.portal().settings.identityProvider == nil)
    }

    @Test("without passwords nobody registers, verifies, asks for a link or logs in by one")
    func noPasswords() async throws {
        let office = try await SignOnOffice()
        try await office.office.member("old@example.com")
        let portal = try await office.flows.identityProviders.switchMethods(
            passwords: false, singleSignOn: nil, of: office.portal(), by: .operator)
        await #expect(throws: AccountError.passwordsDisabled) {
            try await office.flows.registration.register(fullName: "New", email: "new@example.com", at: portal)
        }
        await #expect(throws: AccountError.passwordsDisabled) {
            try await office.flows.recovery.forgotPassword(email: "old@example.com", at: portal)
        }
        await #expect(throws: AccountError.invalidCredentials) { try await office.office.logIn("old@example.com") }
        try await office.signOn()
    }

    @Test("an invitation where there are no passwords leads through the provider, whatever that says of addresses")
    func invitation() async throws {
        let office = try await SignOnOffice()
        let portal = try await office.flows.identityProviders.switchMethods(
            passwords: false, singleSignOn: nil, of: office.portal(), by: .operator)
        let invited = try await office.flows.invitation.create(
            fullName: "Jane", email: "jane@example.com", status: .approved, sendsMail: true, at: portal, by: .operator)
        let mail = try #require(await office.office.store.mails.last)
        #expect(
            mail.message.content
                == .invitedToSignOn(name: "Jane", link: "https://acme.eu.portal.example.com/login/sso"))
        let outcome = try await office.signOn()
        #expect(try await office.developer(outcome).id == invited.id)
    }

    @Test("only one provider is on, and one that does not exist cannot be")
    func oneProvider() async throws {
        let office = try await SignOnOffice()
        var second = IdentityProviderDraft()
        second.issuer = "https://other.example"
        second.clientID = "portal"
        second.isEnabled = true
        let draft = second
        await expectConflict {
            _ = try await office.flows.identityProviders.create(draft, of: office.portal(), by: .operator)
        }
        let plain = try await Office()
        await expectConflict {
            _ = try await plain.flows.identityProviders.switchMethods(
                passwords: nil, singleSignOn: true, of: plain.portal, by: .operator)
        }
    }

    @Test(
        "what is wrong with a provider is named by its field",
        arguments: [
            ("ftp://id.example", "config.issuer_url"), ("https://", "config.issuer_url"),
            ("https://id.example?x", "config.issuer_url"),
            ("https://id.example#x", "config.issuer_url"), ("https://a@id.example", "config.issuer_url"),
        ])
    func fields(issuer: String, field: String) async throws {
        let office = try await Office()
        var draft = IdentityProviderDraft()
        draft.issuer = issuer
        draft.clientID = "portal"
        let wrong = draft
        let error = await #expect(throws: AccountError.self) {
            try await office.flows.identityProviders.create(wrong, of: office.portal, by: .operator)
        }
        guard case .invalidFields(let errors) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(errors.map(\.field) == [field])
    }

    @Test("scopes need openid, and the secret reaches the provider as it was given, though the store never has it")
    func secret() async throws {
        let office = try await SignOnOffice()
        var draft = IdentityProviderDraft()
        draft.scopes = ["email"]
        let wrong = draft
        await #expect(throws: AccountError.self) {
            try await office.flows.identityProviders.update(
                office.provider.id, with: wrong, of: office.office.portal, by: .operator)
        }
        try await office.signOn()
        #expect(office.providers.secrets == ["a secret that nobody reads"])
        let kept = try #require(
            await office.office.store.identityProvider(office.provider.id, of: office.office.portal.id)?.secret)
        #expect(!String(decoding: kept.bytes, as: UTF8.self).contains("nobody reads"))
    }

    private func expectConflict(_ work: () async throws -> Void) async {
        let error = await #expect(throws: AccountError.self) { try await work() }
        guard case .conflict = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
