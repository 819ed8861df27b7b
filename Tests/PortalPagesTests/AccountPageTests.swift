import Accounts
import Foundation
import HTTPTypes
import PagesTesting
import Testing
import WebPages

@testable import PortalPages

@Suite("A developer's own account by the pages")
struct AccountPageTests {
    static let address = "jane@example.com"
    static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"

    /// Runs a test with a developer who is logged in.
    static func loggedIn(_ test: @escaping @Sendable (TestSite, Browser) async throws -> Void) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(address)
        try await site.browse { browser in
            try await browser.logIn(address)
            try await test(site, browser)
        }
    }

    @Test("a developer sees name, address, since when, and every session with its browser")
    func sees() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            let typed = ["email": Self.address, "password": TestSite.password]
            _ = try await browser.fill("/login", typed, headers: [.userAgent: Self.firefox])
            _ = try await other.fill("/login", typed, headers: [.userAgent: "<b>curl</b>"])
            let page = try await browser.get("/account")
            #expect(page.status == .ok)
            #expect(page.contains("<bdi>Jane Doe</bdi>") && page.contains(Self.address) && page.contains("Member since"))
            #expect(page.contains("<h3>Firefox on Linux <span class=\"tag strong\">This browser</span></h3>"))
            #expect(page.contains("<h3>Unknown browser</h3>"))
            #expect(!page.contains("curl"))
            let sessions = page.body.matches(of: #/action="/account/sessions"/#)
            #expect(sessions.count == 2)
            #expect(page.header("cache-control") == "no-store")
        }
    }

    @Test("the fields of the account tell password managers what they are, and whose password it is")
    func autocomplete() async throws {
        try await Self.loggedIn { _, browser in
            let page = try await browser.get("/account")
            #expect(try page.field("full_name").contains("autocomplete=\"name\" value=\"Jane Doe\""))
            #expect(try page.field("current_password").contains("type=\"password\" autocomplete=\"current-password\""))
            #expect(try page.field("new_password").contains("type=\"password\" autocomplete=\"new-password\""))
            #expect(page.contains("value=\"\(Self.address)\" autocomplete=\"username\" hidden"))
            let deletion = try await browser.get("/account/delete")
            #expect(try deletion.field("password").contains("autocomplete=\"current-password\""))
        }
    }

    @Test("a page of the account has one main heading, no id twice, and a label for each field", arguments: ["", "/delete"])
    func structure(page path: String) async throws {
        try await Self.loggedIn { _, browser in
            let page = try await browser.get("/account\(path)")
            #expect(page.body.matches(of: #/<h1[ >]/#).count == 1)
            let ids = page.body.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
            #expect(Set(ids).count == ids.count)
            for match in page.body.matches(of: #/<input id="([^"]+)"/#) { #expect(page.contains("for=\"\(match.1)\"")) }
            #expect(!page.contains("{{"))
            #expect(page.body.firstMatch(of: #/<script|<style| style=| on[a-z]+=/#) == nil)
        }
    }

    // MARK: Name

    @Test("a developer changes the name, and is told so")
    func changesName() async throws {
        try await Self.loggedIn { site, browser in
            let saved = try await browser.submit(
                browser.get("/account"), to: "/account/name", ["full_name": "Jana <i>Müller</i>"])
            #expect(saved.status == .seeOther)
            let page = try await browser.get(try #require(saved.location))
            #expect(page.contains("Name saved"))
            #expect(page.contains("<bdi>Jana &lt;i&gt;Müller&lt;/i&gt;</bdi>"))
            #expect(!page.contains("<i>"))
        }
    }

    @Test("a name that is none is named beside the field and above the form, and nothing changes")
    func refusesName() async throws {
        try await Self.loggedIn { site, browser in
            let long = String(repeating: "x", count: 251)
            for (typed, sentence) in [
                ("  ", "Enter your full name."), (long, "Full name must have at most 250 characters."),
            ] {
                let page = try await browser.submit(browser.get("/account"), to: "/account/name", ["full_name": typed])
                #expect(page.status == .badRequest)
                #expect(try page.text(of: "title") == "Error: Your account · Acme")
                #expect(page.contains("<a href=\"#full_name\">\(sentence)</a>"))
                let field = try page.field("full_name")
                #expect(field.contains("aria-invalid=\"true\"") && field.contains("value=\"\(typed)\""))
                #expect(page.body.matches(of: #/role="alert"/#).count == 1)
                #expect(try page.field("current_password").contains("aria-invalid") == false)
            }
            #expect(try await browser.get("/account").contains("<bdi>Jane Doe</bdi>"))
        }
    }

    // MARK: Password

    @Test("changing the password asks for the old one, keeps this session and ends every other")
    func changesPassword() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            try await browser.logIn(Self.address)
            try await other.logIn(Self.address)
            let typed = ["current_password": TestSite.password, "new_password": "another fine battery"]
            let saved = try await browser.submit(browser.get("/account"), to: "/account/password", typed)
            #expect(saved.location == "/account?done=password")
            #expect(try await browser.get("/account?done=password").contains("Password changed"))
            #expect(try await other.get("/account").status == .seeOther)
            #expect(try await other.logIn(Self.address).status == .unauthorized)
            #expect(try await other.logIn(Self.address, "another fine battery").status == .seeOther)
            guard case .passwordChanged = try await site.mails(to: Self.address).last else {
                Issue.record("expected a mail that says so")
                return
            }
        }
    }

    @Test(
        "a wrong old password and a new one that breaks a rule are named, and no password is shown again",
        arguments: [
            ("wrong horse", "another fine battery", "current_password", "Current password is wrong."),
            ("", "another fine battery", "current_password", "Enter your current password."),
            (TestSite.password, "q7w", "new_password", "New password must have at least 8 characters."),
            (TestSite.password, "password1", "new_password", "New password is one of the most used passwords; choose another."),
        ])
    func refusesPassword(current: String, new: String, field: String, sentence: String) async throws {
        try await Self.loggedIn { _, browser in
            let typed = ["current_password": current, "new_password": new]
            let page = try await browser.submit(browser.get("/account"), to: "/account/password", typed)
            #expect(page.status == .badRequest)
            #expect(page.contains("<a href=\"#\(field)\">\(sentence)</a>"))
            #expect(try page.field(field).contains("aria-invalid=\"true\""))
            for secret in [current, new] where !secret.isEmpty { #expect(!page.contains(secret)) }
            await browser.forget("portalaccesstoken")
            await browser.forget("portalrefreshtoken")
            #expect(try await browser.logIn(Self.address).status == .seeOther)
        }
    }

    @Test("trying passwords in an open session is slowed down like logging in", arguments: ["password", "delete"])
    func slowsDown(form: String) async throws {
        try await Self.loggedIn { site, browser in
            let path = "/account/\(form)"
            let page = try await browser.get(form == "delete" ? path : "/account")
            let names = ["current_password", "password"]
            let wrong = ["new_password": "another fine battery"].merging(names.map { ($0, "wrong horse") }) { $1 }
            for _ in 0..<11 {
                let refused = try await browser.submit(page, to: path, wrong)
                #expect(refused.status == .badRequest)
            }
            let right = ["new_password": "another fine battery"].merging(names.map { ($0, TestSite.password) }) { $1 }
            let slowed = try await browser.submit(page, to: path, right)
            #expect(slowed.status == .tooManyRequests)
            #expect(slowed.headers[.retryAfter] == "1")
            #expect(slowed.contains("Too many wrong passwords"))
            site.clock.advance(by: .seconds(1))
            let taken = try await browser.submit(page, to: path, right)
            #expect(taken.status == .seeOther)
        }
    }

    // MARK: Sessions

    @Test("a developer ends one session, and the others stay")
    func endsSession() async throws {
        let site = try await TestSite(autoApprove: true)
        let developer = try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            try await other.logIn(Self.address)
            let id = try #require(
                await site.store.sessions(of: developer.id, in: site.portal.id, at: site.clock.now).first?.id.description)
            try await browser.logIn(Self.address)
            let page = try await browser.get("/account")
            for _ in 0..<2 {
                let ended = try await browser.submit(page, to: "/account/sessions", ["session": id])
                #expect(ended.location == "/account?done=session")
            }
            #expect(try await browser.get("/account?done=session").contains("Session ended"))
            #expect(try await other.get("/account").status == .seeOther)
        }
    }

    @Test("ending the session of this browser logs out here and nowhere else")
    func endsOwnSession() async throws {
        let site = try await TestSite(autoApprove: true)
        let developer = try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            try await browser.logIn(Self.address)
            let id = try #require(
                await site.store.sessions(of: developer.id, in: site.portal.id, at: site.clock.now).first?.id.description)
            try await other.logIn(Self.address)
            let page = try await browser.get("/account")
            #expect(page.contains("Log out here"))
            let ended = try await browser.submit(page, to: "/account/sessions", ["session": id])
            #expect(ended.location == "/")
            #expect(await browser.cookies["portalaccesstoken"] == nil)
            #expect(try await browser.get("/account").status == .seeOther)
            #expect(try await other.get("/account").status == .ok)
        }
    }

    @Test("a developer cannot end the session of somebody else")
    func sparesOthers() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        let victim = try await site.member("joe@example.com")
        try await site.browseTogether { browser, other in
            try await browser.logIn(Self.address)
            try await other.logIn("joe@example.com")
            let id = try #require(
                await site.store.sessions(of: victim.id, in: site.portal.id, at: site.clock.now).first?.id.description)
            _ = try await browser.submit(browser.get("/account"), to: "/account/sessions", ["session": id])
            #expect(try await other.get("/account").status == .ok)
            let nonsense = try await browser.submit(browser.get("/account"), to: "/account/sessions", ["session": "<b>"])
            #expect(nonsense.status == .notFound)
        }
    }

    @Test("log out everywhere ends every session")
    func logsOutEverywhere() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browseTogether { browser, other in
            try await browser.logIn(Self.address)
            try await other.logIn(Self.address)
            let page = try await browser.get("/account")
            #expect(page.contains("Log out everywhere"))
            #expect(try await browser.submit(page, to: "/logout").location == "/")
            #expect(try await browser.get("/account").status == .seeOther)
            #expect(try await other.get("/account").status == .seeOther)
        }
    }

    @Test("a form that is sent when the access token is over renews the session and is taken")
    func renews() async throws {
        try await Self.loggedIn { site, browser in
            let page = try await browser.get("/account")
            site.clock.advance(by: .seconds(3600))
            let saved = try await browser.submit(page, to: "/account/name", ["full_name": "Jana"])
            #expect(saved.location == "/account?done=name")
            // The two of the session, and the one that lets the page tell what was done.
            #expect(saved.headers[values: .setCookie].count == 3)
            site.clock.advance(by: .seconds(3600))
            let loggedOut = try await browser.submit(
                page, to: "/account/sessions", page.form(to: "/account/sessions").hidden.filter { $0.key == "session" })
            #expect(loggedOut.location == "/")
            // The session was renewed and ended in one; nothing of it may be left in the browser.
            #expect(await browser.cookies["portalaccesstoken"] == nil)
            #expect(await browser.cookies["portalrefreshtoken"] == nil)
        }
    }

    // MARK: Export

    @Test("a developer takes the own data along as JSON, without a secret in it")
    func exports() async throws {
        try await Self.loggedIn { site, browser in
            let file = try await browser.get("/account/export")
            #expect(file.status == .ok)
            #expect(file.header("content-type") == "application/json")
            #expect(file.header("content-disposition") == "attachment; filename=\"account.json\"")
            #expect(file.header("cache-control") == "no-store")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(file.body.utf8)) as? [String: Any])
            #expect((json["developer"] as? [String: Any])?["email"] as? String == Self.address)
            for secret in await [browser.cookies["portalaccesstoken"], browser.cookies["portalrefreshtoken"], "$scrypt"] {
                #expect(!file.contains(try #require(secret)))
            }
        }
    }

    // MARK: Deletion

    @Test("deleting the account says what goes, asks for the password, removes the developer and frees the address")
    func deletes() async throws {
        try await Self.loggedIn { site, browser in
            let account = try await browser.get("/account")
            #expect(account.contains("<a class=\"button quiet danger-quiet\" href=\"/account/delete\">"))
            let page = try await browser.get("/account/delete")
            #expect(page.contains("This cannot be undone"))
            let refused = try await browser.submit(page, ["password": "wrong horse"])
            #expect(refused.status == .badRequest)
            #expect(refused.contains("<a href=\"#password\">Password is wrong.</a>"))
            #expect(!refused.contains("wrong horse"))
            #expect(try await browser.get("/account").status == .ok)

            let gone = try await browser.submit(page, ["password": TestSite.password])
            #expect(gone.status == .seeOther)
            #expect(try await browser.get(try #require(gone.location)).contains("Your account is deleted"))
            #expect(await browser.cookies["portalaccesstoken"] == nil)
            #expect(try await site.store.developer(with: EmailAddress(Self.address), in: site.portal.id) == nil)
            #expect(try await browser.logIn(Self.address).status == .unauthorized)
            try await site.member(Self.address, name: "Jane Again")
            #expect(try await browser.logIn(Self.address).status == .seeOther)
        }
    }

    // MARK: Who may

    static let forms = ["/account/name", "/account/password", "/account/sessions", "/account/delete"]

    @Test("without a session every page of the account leads to the log-in", arguments: forms + ["/account", "/account/export"])
    func needsSession(path: String) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member(Self.address)
        try await site.browse { browser in
            let steps = await site.store.steps
            let page = try await browser.get(path)
            #expect(page.status == .seeOther)
            #expect(try [#require(page.location)].allSatisfy { ["/login?returnTo=%2Faccount", "/account"].contains($0) })
            if Self.forms.contains(path) {
                #expect(try await browser.post(path, [:]).location == "/login?returnTo=%2Faccount")
            }
            #expect(await site.store.steps == steps)
        }
    }

    @Test("a form of the account without its own token, or from another site, changes nothing", arguments: forms)
    func needsToken(path: String) async throws {
        try await Self.loggedIn { site, browser in
            let account = try await browser.get("/account")
            let other = path == "/account/name" ? "/account/password" : "/account/name"
            let typed = [
                "full_name": "Mallory", "current_password": TestSite.password, "new_password": "another fine battery",
                "password": TestSite.password, "session": try account.form(to: "/account/sessions").hidden["session"] ?? "",
            ]
            let steps = await site.store.steps
            for token in ["", "AAAA", try account.form(to: other).hidden["form_token"] ?? ""] {
                let page = try await browser.post(path, typed.merging(["form_token": token]) { $1 })
                #expect(page.status == .forbidden)
                #expect(page.contains("Please submit again"))
                #expect(!page.contains(TestSite.password))
            }
            let right = try await browser.get(path == "/account/delete" ? path : "/account")
            let headers: HTTPFields = [try #require(HTTPField.Name("Sec-Fetch-Site")): "cross-site"]
            #expect(try await browser.submit(right, to: path, typed, headers: headers).status == .forbidden)
            #expect(await site.store.steps == steps)
            #expect(try await browser.submit(right, to: path, typed).status == .seeOther)
        }
    }

    @Test(
        "a browser is told in a few words of a list, whatever it calls itself",
        arguments: [
            (firefox, "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome on Windows"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
                    + "Safari/537.36 Edg/140.0.0.0", "Edge on Windows"
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
                    + "Safari/605.1.15", "Safari on macOS"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
                    + "Mobile/15E148 Safari/604.1", "Safari on iPhone"
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android"
            ),
            ("Firefox/1", "Firefox"), ("curl/8.5.0", "Unknown browser"), ("<script>", "Unknown browser"), ("", "Unknown browser"),
            (nil, "Unknown browser"),
        ] as [(String?, String)])
    func browserNames(agent: String?, words: String) {
        #expect(BrowserName(agent: agent, in: .of(.english)).words == words)
    }
}
