import Accounts
import HTTPTypes
import Testing

@Suite("Logging in by the pages")
struct LogInPageTests {
    static let address = "jane@example.com"

    @Test("every failure to log in is one answer, with the address kept and the password not")
    func oneAnswer() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            _ = try await browser.get("/login")
            let attempts = [(Self.address, "wrong horse"), ("nobody@example.com", TestSite.password), ("", ""), ("x", "y")]
            var bodies: Set<String> = []
            for (email, password) in attempts {
                let page = try await browser.logIn(email, password)
                #expect(page.status == .unauthorized)
                #expect(page.contains("We could not log you in"))
                if !email.isEmpty { #expect(try page.field("email").contains("value=\"\(email)\"")) }
                if !password.isEmpty { #expect(!page.contains("value=\"\(password)\"")) }
                bodies.insert(page.body.replacing(" value=\"\(email)\"", with: ""))
            }
            #expect(bodies.count == 1)
        }
    }

    @Test(
        "after logging in a developer is taken to a path of this portal, and to nothing else",
        arguments: [
            ("/account", "/account"), ("/apis/a-b?x=%2F%2Fy#z", "/apis/a-b?x=%2F%2Fy#z"), ("/", "/"), ("", "/"),
            ("//evil.example", "/"), ("///evil.example", "/"), ("https://evil.example", "/"), ("evil.example", "/"),
            ("/\\evil.example", "/"), ("\\\\evil.example", "/"), ("/\t/evil.example", "/"), ("\t//evil.example", "/"),
            ("/ok\r\nSet-Cookie: x=y", "/"), ("javascript:alert(1)", "/"), (" /account", "/"), ("/é", "/"), ("/\u{0}", "/"),
        ])
    func destination(asked: String, expected: String) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            let page = try await browser.submit(
                browser.get("/login"), ["email": Self.address, "password": TestSite.password, "returnTo": asked])
            #expect(page.status == .seeOther)
            #expect(page.location == expected)
            #expect(page.header("x") == nil)
        }
    }

    @Test("an account page without a session leads to the log-in and back, also after a wrong password")
    func returns() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            let path = try #require(try await browser.get("/account").location)
            #expect(path == "/login?returnTo=%2Faccount")
            let refused = try await browser.fill(path, ["email": Self.address, "password": "wrong horse"])
            #expect(refused.status == .unauthorized)
            let page = try await browser.submit(refused, ["email": Self.address, "password": TestSite.password])
            #expect(page.location == "/account")
            #expect(try await browser.get("/account").status == .ok)
        }
    }

    @Test("the session's cookies are host-only, HttpOnly, Secure and Lax")
    func cookies() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            let form = try await browser.get("/login")
            let page = try await browser.logIn(Self.address)
            let cookies = page.headers[values: .setCookie] + form.headers[values: .setCookie]
            #expect(cookies.count == 4)
            for cookie in cookies {
                #expect(cookie.contains("; HttpOnly; Secure; SameSite=Lax"))
                #expect(cookie.contains("; Path=/;"))
                #expect(!cookie.lowercased().contains("domain"))
            }
        }
    }

    @Test(
        "who is logged in is not asked to log in or sign up again", arguments: ["/login", "/register", "/login?registered=true"])
    func alreadyLoggedIn(path: String) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            try await browser.logIn(Self.address)
            let page = try await browser.get(path)
            #expect(page.status == .seeOther)
            #expect(page.location == "/")
            #expect(try await browser.get("/").contains("href=\"/login\"") == false)
        }
    }

    @Test("a full queue is 503 with Retry-After, and the form keeps the address")
    func busy() async throws {
        let site = try await TestSite(hasher: BusyHasher())
        try await site.browse { browser in
            let page = try await browser.logIn(Self.address)
            #expect(page.status == .serviceUnavailable)
            #expect(page.headers[.retryAfter] == "7")
            #expect(page.contains("wait 7 seconds"))
            #expect(try page.field("email").contains("value=\"\(Self.address)\""))
        }
    }

    // MARK: Renewal

    @Test("a session whose access token is over is renewed by opening a page")
    func renews() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            try await browser.logIn(Self.address)
            let old = await browser.cookies
            site.clock.advance(by: .seconds(3600))
            let page = try await browser.get("/account")
            #expect(page.status == .ok)
            #expect(page.headers[values: .setCookie].count == 2)
            #expect(await browser.cookies["portalaccesstoken"] != old["portalaccesstoken"])
            #expect(await browser.cookies["portalrefreshtoken"] != old["portalrefreshtoken"])
            #expect(try await browser.get("/account").headers[values: .setCookie].isEmpty)
        }
    }

    @Test("the new cookies are set although the page itself is missing")
    func renewsOnMissingPage() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            try await browser.logIn(Self.address)
            site.clock.advance(by: .seconds(3600))
            let page = try await browser.get("/apis/nothing")
            #expect(page.status == .notFound)
            #expect(page.headers[values: .setCookie].count == 2)
            site.clock.advance(by: .seconds(60))
            #expect(try await browser.get("/account").status == .ok)
        }
    }

    @Test("a prefetch, a HEAD and a post use no refresh token")
    func sparesTheToken() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            try await browser.logIn(Self.address)
            site.clock.advance(by: .seconds(3600))
            for (name, value) in [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"), ("X-Moz", "prefetch")] {
                let page = try await browser.get("/account", headers: [try #require(HTTPField.Name(name)): value])
                #expect(page.status == .seeOther)
            }
            #expect(try await browser.head("/account").status == .seeOther)
            _ = try await browser.post("/logout", [:])
            #expect(await site.store.refreshes == 0)
            #expect(try await browser.get("/account").status == .ok)
        }
    }

    @Test("tabs that open at one moment renew the session together")
    func tabs() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            try await browser.logIn(Self.address)
            let refresh = try #require(await browser.cookies["portalrefreshtoken"])
            await other.keep("portalrefreshtoken", refresh)
            site.clock.advance(by: .seconds(3600))
            async let first = browser.get("/account")
            async let second = other.get("/account")
            #expect(try await [first.status, second.status] == [.ok, .ok])
            #expect(await site.store.refreshes == 1)
            #expect(await browser.cookies["portalaccesstoken"] == other.cookies["portalaccesstoken"])
        }
    }

    @Test("a refresh token that is shown again later ends the session for both who hold it")
    func theft() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { browser, thief in
            try await browser.logIn(Self.address)
            await thief.keep("portalrefreshtoken", try #require(await browser.cookies["portalrefreshtoken"]))
            site.clock.advance(by: .seconds(3600))
            #expect(try await browser.get("/account").status == .ok)
            site.clock.advance(by: .seconds(6))
            #expect(try await thief.get("/account").status == .seeOther)
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test("a refresh token that opens nothing is taken away")
    func clears() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            await browser.keep("portalrefreshtoken", "ptlr_eu_\(String(repeating: "a", count: 43))")
            let page = try await browser.get("/")
            #expect(page.status == .ok)
            #expect(await browser.cookies["portalrefreshtoken"] == nil)
        }
    }

    @Test("logging out ends the developer's sessions on every device")
    func logsOutEverywhere() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            try await browser.logIn(Self.address)
            try await other.logIn(Self.address)
            #expect(try await browser.fill("/logout", [:]).location == "/")
            #expect(try await other.get("/account").status == .seeOther)
        }
    }
}
