import Accounts
import AccountsTesting
import PagesTesting
import Testing

@testable import ConsolePages

@Suite("The ways to log in, in the console")
struct SignOnConsoleTests {
    private static let path = "/portals/acme/log-in"

    private static func typed(issuer: String = "https://id.example", secret: String = "hush", enabled: Bool = false) -> [String:
        String]
    {
        var fields = [
            IdentityProviderForm.issuerField: issuer, IdentityProviderForm.clientField: "portal",
            IdentityProviderForm.secretField: secret, IdentityProviderForm.authenticationField: "client_secret_post",
            IdentityProviderForm.scopesField: "openid  email", IdentityProviderForm.nameField: "display_name",
            IdentityProviderForm.emailField: "mail", IdentityProviderForm.groupsField: "roles", "step": "save",
        ]
        if enabled { fields[IdentityProviderForm.enabledField] = "on" }
        return fields
    }

    private static func only(at console: TestConsole) async throws -> IdentityProvider {
        try #require(await console.store.identityProviders(of: console.portal.id).first)
    }

    /// Adds a provider and returns its page.
    private static func add(_ fields: [String: String], with browser: Browser) async throws -> String {
        let answer = try await browser.submit(browser.get("\(path)/new"), to: "\(path)/new", fields)
        return try #require(answer.location?.replacing("?done=created", with: ""))
    }

    @Test("a provider is added with every field, its secret is never shown, and an empty secret keeps the old one")
    func fields() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let place = try await Self.add(Self.typed(), with: browser)
            let page = try await browser.get("\(place)?done=created")
            #expect(page.contains("The identity provider is added."))
            #expect(!page.contains("hush") && page.contains("One is kept"))
            for value in ["https://id.example", "portal", "openid email", "display_name", "mail", "roles"] {
                #expect(page.contains("value=\"\(value)\""), "\(value)")
            }
            #expect(page.contains("value=\"client_secret_post\" selected"))
            let made = try await Self.only(at: console)
            let saved = try await browser.submit(page, to: place, Self.typed(secret: "", enabled: true))
            #expect(saved.location == "\(place)?done=saved")
            let changed = try await Self.only(at: console)
            #expect(made.secret != nil && changed.secret == made.secret && changed.authentication == .post)
            #expect(changed.claims == ClaimMappings(name: "display_name", email: "mail", groups: "roles"))
            let portal = try await console.flows.portals.portal(console.portal.id)
            #expect(portal.settings.identityProvider == made.id)
        }
        #expect(await console.store.auditActions.contains(.identityProviderUpdated))
    }

    @Test("what is wrong is told at its field, and what was typed stays, but for the secret")
    func wrong() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            var fields = Self.typed(issuer: "id.example")
            fields[IdentityProviderForm.scopesField] = "email"
            let page = try await browser.submit(browser.get("\(Self.path)/new"), to: "\(Self.path)/new", fields)
            #expect(page.status == .badRequest)
            #expect(page.contains("id=\"config.issuer_url-error\"") && page.contains("id=\"config.scopes-error\""))
            #expect(page.contains("value=\"id.example\"") && !page.contains("hush"))
        }
        #expect(await console.store.identityProviders(of: console.portal.id).isEmpty)
    }

    @Test("a private key keeps its lines, and goes before a secret")
    func key() async throws {
        let console = try await TestConsole(providers: ScriptedProviders())
        try await console.browse(as: .owner) { browser in
            var fields = Self.typed(secret: "")
            fields[IdentityProviderForm.keyField] = "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n"
            fields[IdentityProviderForm.authenticationField] = "private_key_jwt"
            let place = try await Self.add(fields, with: browser)
            let page = try await browser.get(place)
            #expect(!page.contains("BEGIN PRIVATE KEY") && page.contains("value=\"private_key_jwt\" selected"))
        }
        #expect(try await Self.only(at: console).secret != nil)
    }

    @Test("the last way to log in stays on, and the page says what to do")
    func lastMethod() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let none = try await browser.submit(browser.get(Self.path), to: Self.path, [:])
            #expect(none.status == .conflict && none.contains("This would be the last way to log in."))
            let early = try await browser.submit(
                browser.get(Self.path), to: Self.path, ["passwords": "on", "single_sign_on": "on"])
            #expect(early.status == .conflict && early.contains("Add an identity provider first."))
            let place = try await Self.add(Self.typed(), with: browser)
            let both = try await browser.submit(
                browser.get(Self.path), to: Self.path, ["passwords": "on", "single_sign_on": "on"])
            #expect(both.location == "\(Self.path)?done=methods")
            let alone = try await browser.submit(browser.get(Self.path), to: Self.path, ["single_sign_on": "on"])
            #expect(alone.status == .seeOther)
            let off = try await browser.submit(browser.get(place), to: place, Self.typed(secret: ""))
            #expect(off.status == .conflict && off.contains("This would be the last way to log in."))
            let removed = try await browser.submit(browser.get(place), to: place, ["step": "remove", "confirmed": "yes"])
            #expect(removed.status == .conflict && removed.contains("This would be the last way to log in."))
        }
        let settings = try await console.flows.portals.portal(console.portal.id).settings
        #expect(!settings.passwordsEnabled && settings.identityProvider != nil)
    }

    @Test("one provider at most is on")
    func oneOn() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            _ = try await Self.add(Self.typed(enabled: true), with: browser)
            let second = try await browser.submit(
                browser.get("\(Self.path)/new"), to: "\(Self.path)/new",
                Self.typed(issuer: "https://other.example", enabled: true))
            #expect(second.status == .conflict && second.contains("Another identity provider is on."))
        }
        #expect(await console.store.identityProviders(of: console.portal.id).count == 1)
    }

    @Test("a test says which step failed and what to do, and what was not tried any more")
    func examination() async throws {
        let console = try await TestConsole(providers: ScriptedProviders())
        try await console.browse(as: .owner) { browser in
            let place = try await Self.add(Self.typed(), with: browser)
            let page = try await browser.submit(browser.get(place), to: place, ["step": "test"])
            #expect(page.status == .ok && page.contains("A step failed"))
            #expect(page.contains("<strong>Address</strong>: went well"))
            #expect(page.contains("<strong>Metadata</strong>: failed<br>The provider cannot be reached"))
            #expect(page.contains("<strong>Keys</strong>: not tried"))
        }
    }

    @Test("a provider is removed after one more question")
    func removal() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let place = try await Self.add(Self.typed(), with: browser)
            let question = try await browser.submit(browser.get(place), to: place, ["step": "remove"])
            #expect(question.status == .ok && question.contains("Remove this identity provider?"))
            #expect(await console.store.identityProviders(of: console.portal.id).count == 1)
            let removed = try await browser.submit(question, to: place, [:])
            #expect(removed.location == "\(Self.path)?done=removed")
            let gone = try await browser.get(place)
            #expect(gone.status == .notFound)
        }
        #expect(await console.store.identityProviders(of: console.portal.id).isEmpty)
    }

    @Test("the addresses for the provider's side are the portal's own")
    func addresses() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .viewer) { browser in
            let page = try await browser.get(Self.path)
            let home = console.flows.links.home(of: console.portal)
            #expect(page.contains("value=\"\(home)/login\" readonly"))
            #expect(
                page.contains("value=\"\(home)/api/v3/developer/authenticate/oidc-backchannel-logout\" readonly"))
        }
    }

    @Test("a developer's page tells at which providers the developer is known, and how the account came to be")
    func identities() async throws {
        let providers = ScriptedProviders()
        let console = try await TestConsole(providers: providers)
        var draft = IdentityProviderDraft()
        (draft.issuer, draft.clientID, draft.isEnabled) = ("https://id.example", "portal", true)
        _ = try await console.flows.identityProviders.create(draft, of: console.portal, by: .operator)
        let portal = try await console.flows.portals.portal(console.portal.id)
        let departure = try await console.flows.signOn.begin(to: nil, from: nil, at: portal)
        let identity = SignOnIdentity(issuer: "https://id.example", subject: "sub-<4711>")
        let person = ProvenIdentity(identity: identity, email: "jane@example.com", name: "Jane", groups: ["dev", "ops"])
        providers.answer("code", with: .success(person))
        let arrival = SignOn.Arrival(
            state: providers.requests.last?.state, code: "code", issuer: nil, error: nil, browser: departure.browser)
        _ = try await console.flows.signOn.complete(arrival, at: portal)
        let jane = try #require(await console.store.developer(with: EmailAddress("jane@example.com"), in: portal.id))
        try await console.browse(as: .viewer) { browser in
            let page = try await browser.get("/portals/acme/developers/\(jane.id)")
            for text in ["came through the identity provider", "https://id.example", "sub-&lt;4711&gt;", "dev, ops"] {
                #expect(page.contains(text), "\(text)")
            }
        }
    }

    @Test("a viewer sees a provider and nothing that changes or asks it")
    func viewer() async throws {
        let console = try await TestConsole()
        let ids = try await console.things()
        try await console.browse(as: .viewer) { browser in
            for path in [Self.path, "\(Self.path)/\(try #require(ids["provider"]))"] {
                let page = try await browser.get(path)
                #expect(page.status == .ok && page.contains("https://login.example"))
                #expect(!page.contains("name=\"step\"") && !page.contains("type=\"checkbox\""))
            }
        }
    }

    @Test("the words of every fault and step are there", arguments: ProviderFault.allCases)
    func faults(fault: ProviderFault) {
        let view = ExaminationView([ExaminedStep(.address, fault: fault)], in: .of(.english))
        #expect(!view.passed && view.steps.count == ExaminedStep.Name.allCases.count)
        #expect(view.steps[0].advice?.isEmpty == false)
    }
}
