import Accounts
import Testing

@Suite("Signing up by the pages")
struct RegistrationPageTests {
    static let address = "jane@example.com"

    @Test("somebody signs up, verifies, chooses a password, logs in, looks at the catalog and logs out")
    func wholeWay() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.publish("Payments", .private)
        try await site.browse { browser in
            let registered = try await browser.fill("/register", ["full_name": "Jane Doe", "email": Self.address])
            #expect(registered.status == .seeOther)
            #expect(registered.location == "/login?registered=true")
            #expect(try await browser.get("/login?registered=true").contains("Check your mail"))

            let verification = try await browser.get(site.mailedPath(to: Self.address))
            #expect(try verification.text(of: "h1") == "Verify your address")
            let verified = try await browser.submit(verification)
            #expect(verified.status == .seeOther)
            let path = try #require(verified.location)
            #expect(path.hasPrefix("/reset-password?token="))

            let saved = try await browser.fill(path, ["password": TestSite.password])
            #expect(saved.status == .seeOther)
            #expect(saved.location == "/login?passwordReset=true")
            #expect(try await browser.get("/login?passwordReset=true").contains("Password saved"))

            let loggedIn = try await browser.logIn(Self.address)
            #expect(loggedIn.status == .seeOther)
            #expect(loggedIn.location == "/")
            let catalog = try await browser.get("/")
            #expect(catalog.contains("Welcome back, <bdi>Jane Doe</bdi>"))
            #expect(catalog.contains("Payments"))

            let account = try await browser.get("/account")
            #expect(account.contains(Self.address))
            #expect(account.contains("Member since"))
            let loggedOut = try await browser.submit(account, to: "/logout")
            #expect(loggedOut.status == .seeOther)
            #expect(loggedOut.location == "/")
            #expect(await browser.cookies["portalaccesstoken"] == nil)
            #expect(try await browser.get("/account").location == "/login?returnTo=%2Faccount")
        }
    }

    @Test("a quote in a name ends no attribute, also where a combining mark stands behind it")
    func combiningMarks() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.browse { browser in
            let name = "Jane\"\u{301} autofocus=\u{301}<\u{301}b>"
            let refused = try await browser.fill("/register", ["full_name": name, "email": "jane"])
            let scalars = Array(refused.body.unicodeScalars)
            for mark in scalars.indices.dropFirst() where scalars[mark] == "\u{301}" {
                #expect(!["\"", "<"].contains(scalars[mark - 1]))
            }
            #expect(refused.body.unicodeScalars.contains("\u{301}"))
        }
    }

    @Test("where admins approve, a saved password leads to a page that says so, and logging in waits")
    func waitsForApproval() async throws {
        let site = try await TestSite(autoApprove: false)
        try await site.browse { browser in
            _ = try await browser.fill("/register", ["full_name": "Jane Doe", "email": Self.address])
            let verified = try await browser.submit(browser.get(site.mailedPath(to: Self.address)))
            let saved = try await browser.fill(try #require(verified.location), ["password": TestSite.password])
            #expect(saved.location == "/approval-pending")
            #expect(try await browser.get("/approval-pending").contains("an admin of Acme looks at your request"))
            #expect(try await browser.logIn(Self.address).status == .unauthorized)
        }
    }

    @Test("a link that was used says so, and shows a way on", arguments: ["/login", "/reset-password"])
    func usedLink(path: String) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.browse { browser in
            _ = try await browser.fill("/register", ["full_name": "Jane Doe", "email": Self.address])
            var page = try await browser.get(site.mailedPath(to: Self.address))
            if path == "/reset-password" {
                page = try await browser.get(try #require(try await browser.submit(page).location))
            }
            let typed = path == "/reset-password" ? ["password": TestSite.password] : [:]
            #expect(try await browser.submit(page, typed).status == .seeOther)
            let again = try await browser.submit(page, typed)
            #expect(again.status == .gone)
            #expect(try again.text(of: "h1") == "This link does not work")
            #expect(again.contains("href=\"/forgot-password\""))
        }
    }

    @Test("a link whose time is over, that is unknown, or that lost a part says so")
    func deadLinks() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            _ = try await browser.fill("/register", ["full_name": "Jane Doe", "email": Self.address])
            let page = try await browser.get(site.mailedPath(to: Self.address))
            site.clock.advance(by: .seconds(25 * 3600))
            #expect(try await browser.submit(page).status == .gone)
            for token in ["00000000-0000-8001-8000-000000000000", "0000", "\"><script>"] {
                let dead = try await browser.submit(page, ["token": token])
                #expect(dead.status == .notFound)
                #expect(!dead.contains("<script>"))
            }
            #expect(try await browser.get("/reset-password").status == .notFound)
        }
    }

    @Test("a known and an unknown address get the same answers", arguments: ["/register", "/forgot-password"])
    func sameAnswers(path: String) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { first, second in
            let known = try await first.fill(path, ["full_name": "Jane Doe", "email": Self.address])
            let unknown = try await second.fill(path, ["full_name": "Jane Doe", "email": "nobody@example.com"])
            #expect(known.status == .seeOther)
            #expect(known.status == unknown.status)
            #expect(known.headers == unknown.headers)
            #expect(known.body == unknown.body)
            #expect(try await first.get(try #require(known.location)).contains("Check your mail"))
        }
    }

    @Test("what was typed stays in the form, and each wrong field is named beside it and above the form")
    func keepsWhatWasTyped() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.fill("/register", ["full_name": "  ", "email": "jane@<b>"])
            #expect(page.status == .badRequest)
            #expect(try page.text(of: "title") == "Error: Sign up · Acme")
            #expect(page.contains("<div class=\"message problem\" role=\"alert\" tabindex=\"-1\" autofocus>"))
            #expect(page.contains("<a href=\"#full_name\">Enter your full name.</a>"))
            #expect(page.contains("<a href=\"#email\">Enter an e-mail address such as jane@example.com.</a>"))
            let email = try page.field("email")
            #expect(email.contains("value=\"jane@&lt;b&gt;\""))
            #expect(email.contains("aria-invalid=\"true\""))
            #expect(email.contains("aria-describedby=\"email-hint email-error\""))
            #expect(email.contains("id=\"email-error\""))
            #expect(await site.store.steps == 0)
        }
    }

    @Test("a password that breaks a rule is named but never shown again, and the link stays good")
    func refusedPassword() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.browse { browser in
            _ = try await browser.fill("/register", ["full_name": "Jane Doe", "email": Self.address])
            let verified = try await browser.submit(browser.get(site.mailedPath(to: Self.address)))
            let refused = try await browser.fill(try #require(verified.location), ["password": "q7w"])
            #expect(refused.status == .badRequest)
            #expect(try refused.field("password").contains("Password must have at least 8 characters."))
            #expect(!refused.contains("q7w"))
            #expect(try await browser.submit(refused, ["password": TestSite.password]).location == "/login?passwordReset=true")
        }
    }

    @Test("a name of HTML does nothing, in the form, on the pages and in the title")
    func escapesNames() async throws {
        let site = try await TestSite(name: "<i>Acme</i> & Co \"x\"", autoApprove: true)
        let name = "<script>alert('x')</script>\"><img src=x>"
        try await site.member(Self.address, name: name)
        try await site.publish("<b>Bold</b>", version: "<u>1</u>", description: "<em>x</em>")
        try await site.browse { browser in
            let form = try await browser.fill("/register", ["full_name": name, "email": "x"])
            try await browser.logIn(Self.address)
            let pages = [
                form, try await browser.get("/"), try await browser.get("/account"),
                try await browser.get("/apis/b-bold-b-u-1-u"),
            ]
            for page in pages {
                for tag in ["<script>", "<img", "<i>", "<b>", "<u>", "<em>", "value=\"<"] { #expect(!page.contains(tag)) }
                #expect(page.contains("&lt;i&gt;Acme&lt;/i&gt; &amp; Co &quot;x&quot;"))
            }
            #expect(
                try form.field("full_name").contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&gt;&lt;img src=x&gt;")
            )
        }
    }

    @Test("a mailed link that sets a new password works by the pages, and its page is the same before and after")
    func recovery() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            #expect(try await browser.fill("/forgot-password", ["email": Self.address]).location == "/forgot-password?sent=true")
            let link = try await site.mailedPath(to: Self.address)
            #expect(try await browser.fill(link, ["password": "another fine battery"]).location == "/login?passwordReset=true")
            #expect(try await browser.logIn(Self.address).status == .unauthorized)
            #expect(try await browser.logIn(Self.address, "another fine battery").status == .seeOther)
        }
    }
}
