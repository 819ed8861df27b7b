import Accounts
import AccountsTesting
import HTTPTypes
import Testing

@Suite("Pages about logging in through an identity provider")
struct SignOnPageTests {
    @Test("the log-in page has the portal's methods, and the others' pages are closed")
    func modes() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let passwords = try await browser.get("/login")
            #expect(!passwords.body.contains("/login/sso") && passwords.body.contains(#"name="password""#))
            #expect(try await browser.get("/login/sso").status == .notFound)

            try await site.addProvider()
            let both = try await browser.get("/login?returnTo=/apis/x")
            #expect(both.body.contains(#"href="/login/sso?returnTo=%2Fapis%2Fx""#) && both.body.contains(#"name="password""#))

            try await site.switchMethods(passwords: false)
            let alone = try await browser.get("/login")
            #expect(alone.body.contains(#"href="/login/sso""#) && !alone.body.contains(#"name="password""#))
            #expect(!alone.body.contains(#"href="/register""#) && !alone.body.contains("/forgot-password"))
            for path in ["/register", "/forgot-password", "/reset-password?token=x"] {
                let closed = try await browser.get(path)
                #expect(closed.status == .forbidden && closed.body.contains("There are no passwords here"), "\(path)")
            }
        }
    }

    @Test("the way to the provider and back ends logged in, where the person wanted to go")
    func wholeWay() async throws {
        let site = try await TestSite()
        try await site.addProvider()
        site.providers.answer("good", with: .success(TestSite.person))
        try await site.browse { browser in
            let departure = try await browser.get("/login/sso?returnTo=/account")
            #expect(departure.status == .found)
            #expect(departure.headers[.location]?.hasPrefix("https://id.example/authorize") == true)
            #expect(departure.headers[.cacheControl] == "no-store")
            let state = try #require(site.providers.requests.last).state
            let arrival = try await browser.get("/login?code=good&state=\(state)&iss=https://id.example&session_state=x")
            #expect(arrival.status == .found)
            #expect(arrival.headers[.location] == "https://acme.eu.portal.example.com/account?loginSuccess=true")
            let account = try await browser.get("/account")
            #expect(account.status == .ok && account.body.contains("jane@example.com"))
            #expect(!account.body.contains("current_password") && !account.body.contains("asks for your password"))
            // Who is logged in is not sent away again.
            #expect(try await browser.get("/login/sso").headers[.location] == "/")
        }
    }

    @Test("the cookie of the way is for this host alone, for ten minutes, out of reach of scripts, and sent on the way back")
    func cookie() async throws {
        let site = try await TestSite()
        try await site.addProvider()
        try await site.browse { browser in
            let field = try await browser.get("/login/sso").headers[values: .setCookie].first { $0.hasPrefix("portalsignon=") }
            let cookie = try #require(field)
            #expect(cookie.hasSuffix("; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax"))
        }
    }

    @Test("an answer without the browser's own state, a used one, or none at all gets a page that says what to do")
    func strangeStates() async throws {
        let site = try await TestSite()
        try await site.addProvider()
        site.providers.answer("good", with: .success(TestSite.person))
        try await site.browseTogether { victim, attacker in
            _ = try await attacker.get("/login/sso")
            let state = try #require(site.providers.requests.last).state
            for path in [
                "/login?code=good&state=\(state)", "/login?code=good", "/login?error=access_denied", "/login?code=good&state=x",
            ] {
                let page = try await victim.get(path)
                #expect(page.status == .badRequest && page.body.contains("Please begin again"), "\(path)")
                #expect(page.body.contains(#"href="/login/sso""#) && !page.body.contains(state))
                #expect(await victim.cookies["portalaccesstoken"] == nil)
            }
            #expect(try await attacker.get("/login?code=good&state=\(state)").status == .found)
            let again = try await attacker.get("/login?code=good&state=\(state)")
            #expect(again.status == .badRequest)
        }
    }

    @Test(
        "whatever goes wrong at the provider has a page of its own, in words that help",
        arguments: [
            (.providerUnavailable(.tooSlow), .badGateway, "does not answer"),
            (.providerUntrusted(.wrongSignature), .badGateway, "could not trust the answer"),
            (.noAddress, .forbidden, "not told your e-mail address"), (.unverifiedAddress, .forbidden, "is not verified"),
            (.addressTaken, .forbidden, "an account with your address"),
        ] as [(SignOnError, HTTPResponse.Status, String)])
    func troubles(error: SignOnError, status: HTTPResponse.Status, words: String) async throws {
        let site = try await TestSite()
        try await site.addProvider()
        site.providers.answer("bad", with: .failure(error))
        try await site.browse { browser in
            _ = try await browser.get("/login/sso")
            let state = try #require(site.providers.requests.last).state
            let page = try await browser.get("/login?code=bad&state=\(state)")
            #expect(page.status == status && page.body.contains(words))
            #expect(!page.body.contains("wrongSignature") && !page.body.contains("bad&"))
        }
    }

    @Test("a revoked developer sees the page of a wrong log-in")
    func revoked() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.addProvider()
        site.providers.answer("good", with: .success(TestSite.person))
        try await site.browse { browser in
            let arrive = {
                _ = try await browser.get("/login/sso")
                let state = try #require(site.providers.requests.last).state
                return try await browser.get("/login?code=good&state=\(state)")
            }
            _ = try await arrive()
            let developer = try #require(
                await site.store.developer(with: EmailAddress("jane@example.com"), in: site.portal.id))
            _ = try await site.flows.approval.revoke(developer.id, at: site.portal, by: .operator)
            await browser.forget("portalaccesstoken")
            await browser.forget("portalrefreshtoken")
            let refused = try await arrive()
            let wrong = try await browser.logIn("nobody@example.com")
            #expect(refused.status == wrong.status && refused.status == .unauthorized)
            for page in [refused, wrong] { #expect(page.body.contains("We could not log you in")) }
        }
    }

    @Test("logging out goes on to the provider by a page, which browsers allow after a form")
    func logOut() async throws {
        let site = try await TestSite()
        try await site.addProvider()
        site.providers.answer("good", with: .success(TestSite.person))
        try await site.browse { browser in
            _ = try await browser.get("/login/sso")
            let state = try #require(site.providers.requests.last).state
            _ = try await browser.get("/login?code=good&state=\(state)")
            let page = try await browser.submit(browser.get("/account"), to: "/logout")
            #expect(page.status == .ok && page.body.contains("You are logged out here"))
            let refresh = try #require(HTTPField.Name("Refresh").flatMap { page.headers[$0] })
            #expect(refresh.hasPrefix("0; url=https://id.example/logout?hint="))
            #expect(await browser.cookies["portalaccesstoken"] == nil)
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test("who came through a provider deletes the account without a password")
    func deletion() async throws {
        let site = try await TestSite()
        try await site.addProvider()
        site.providers.answer("good", with: .success(TestSite.person))
        try await site.browse { browser in
            _ = try await browser.get("/login/sso")
            let state = try #require(site.providers.requests.last).state
            _ = try await browser.get("/login?code=good&state=\(state)")
            let page = try await browser.get("/account/delete")
            #expect(!page.body.contains(#"type="password""#))
            #expect(try await browser.submit(page, to: "/account/delete").status == .seeOther)
            #expect(try await site.store.developer(with: EmailAddress("jane@example.com"), in: site.portal.id) == nil)
        }
    }
}

extension TestSite {
    static let person = ProvenIdentity(
        identity: SignOnIdentity(issuer: "https://id.example", subject: "jane"), email: "jane@example.com", name: "Jane Doe",
        idToken: "the.id.token")

    func addProvider() async throws {
        var draft = IdentityProviderDraft()
        draft.issuer = "https://id.example"
        draft.clientID = "portal"
        draft.isEnabled = true
        _ = try await flows.identityProviders.create(draft, of: portal, by: .operator)
    }

    func switchMethods(passwords: Bool) async throws {
        _ = try await flows.identityProviders.switchMethods(
            passwords: passwords, singleSignOn: nil, of: portal, by: .operator)
    }
}
