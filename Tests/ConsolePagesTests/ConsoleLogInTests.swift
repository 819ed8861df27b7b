import Accounts
import Testing

@testable import ConsolePages

@Suite("Logging in to the console by its pages")
struct ConsoleLogInTests {
    static let address = "owner@example.com"
    static let typed = ["email": address, "password": TestConsole.password]

    @Test("a wrong address and a wrong password get one answer, which keeps the address and not the password")
    func oneAnswer() async throws {
        let console = try await TestConsole()
        try await console.browse(as: nil) { browser in
            let form = try await browser.get("/login")
            var bodies: Set<String> = []
            for email in [Self.address, "nobody@example.com"] {
                let page = try await browser.submit(form, ["email": email, "password": "wrong horse battery"])
                #expect(page.status == .unauthorized)
                #expect(page.contains("We could not log you in"))
                #expect(!page.contains("wrong horse"))
                bodies.insert(page.body.replacing(email, with: ""))
            }
            #expect(bodies.count == 1)
        }
    }

    @Test("after the log-in an admin is at the page that was asked for, and at none of another site")
    func destination() async throws {
        let console = try await TestConsole()
        try await console.browse(as: nil) { browser in
            let path = try #require(try await browser.get("/portals/acme/requests?page=2").location)
            let answer = try await browser.submit(browser.get(path), Self.typed)
            #expect(answer.location == "/portals/acme/requests?page=2")
            for foreign in ["//evil.example", "https://evil.example", "/\\evil.example"] {
                var typed = Self.typed
                typed["returnTo"] = foreign
                #expect(try await browser.submit(browser.get("/login"), typed).location == "/")
            }
        }
    }

    @Test("the cookies are host-only, HttpOnly, Secure and Lax")
    func cookies() async throws {
        let console = try await TestConsole()
        try await console.browse(as: nil) { browser in
            let answer = try await browser.submit(browser.get("/login"), Self.typed)
            let cookies = answer.headers[values: .setCookie]
            #expect(cookies.count == 3)
            for cookie in cookies {
                #expect(cookie.contains("; Path=/") && cookie.hasSuffix("; HttpOnly; Secure; SameSite=Lax"))
                #expect(!cookie.lowercased().contains("domain"))
            }
        }
    }

    @Test("who has no second factor sets one up after the password; without its code nobody gets in")
    func secondFactor() async throws {
        let console = try await TestConsole(requiresSecondFactor: true)
        try await console.browse(as: nil) { browser in
            let answer = try await browser.submit(browser.get("/login?returnTo=%2Faudit"), Self.typed)
            #expect(answer.location == "/second-factor?returnTo=%2Faudit")
            #expect(await browser.cookies["consolesession"] == nil)
            let setUp = try await browser.get("/second-factor?returnTo=%2Faudit")
            #expect(setUp.contains("Set up your second factor") && setUp.contains("otpauth://totp/"))
            #expect(setUp.contains("role=\"img\" aria-label=\"QR code with the key below\" viewBox=\"0 0 "))
            #expect(!setUp.contains("recovery code"))
            #expect(try await browser.get("/audit").location == "/login?returnTo=%2Faudit")
            let wrong = try await browser.submit(setUp, ["code": "12345x"])
            #expect(wrong.status == .badRequest)
            #expect(wrong.contains("otpauth://totp/"))
        }
    }

    @Test("without a ticket the second factor leads to the log-in")
    func noTicket() async throws {
        let console = try await TestConsole(requiresSecondFactor: true)
        try await console.browse(as: nil) { browser in
            let page = try await browser.get("/second-factor")
            #expect(page.location == "/login")
        }
    }

    @Test("a mailed link sets the password once")
    func password() async throws {
        let console = try await TestConsole()
        let link = try await console.flows.console.link(for: Self.address)
        let path = try #require(link.firstRange(of: "/password?").map { String(link[$0.lowerBound...]) })
        try await console.browse(as: nil) { browser in
            let form = try await browser.get(path)
            let weak = try await browser.submit(form, ["password": "short"])
            #expect(weak.status == .badRequest)
            #expect(weak.contains("New password must have at least 8 characters"))
            let done = try await browser.submit(form, ["password": "another horse battery"])
            #expect(done.location == "/login?done=password")
            let again = try await browser.get(path)
            #expect(again.status == .notFound)
            #expect(again.contains("This link is no longer valid"))
            let answer = try await browser.submit(
                browser.get("/login"), ["email": Self.address, "password": "another horse battery"])
            #expect(answer.location == "/")
        }
    }

    @Test("a forgotten password gets one answer for a known and an unknown address")
    func forgotten() async throws {
        let console = try await TestConsole()
        let before = await console.store.mails.count
        try await console.browse(as: nil) { browser in
            #expect(try await browser.get("/forgot-password").contains("<a href=\"/login\">Back to log-in</a>"))
            for address in [Self.address, "nobody@example.com"] {
                let answer = try await browser.submit(browser.get("/forgot-password"), ["email": address])
                #expect(answer.location == "/login?done=sent")
            }
        }
        #expect(await console.store.mails.count == before + 1)
    }

    @Test("logging out ends the session on the server, and a form of the log-in is no good without the page")
    func logOut() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let session = try #require(await browser.cookies["consolesession"])
            let answer = try await browser.submit(browser.get("/account"), to: "/logout")
            #expect(answer.location == "/login?done=out")
            await browser.keep("consolesession", session)
            let page = try await browser.get("/")
            #expect(page.location == "/login?returnTo=%2F")
            let forged = try await browser.post("/login", Self.typed)
            #expect(forged.status == .forbidden)
        }
    }

    @Test("a changed password needs the old one")
    func changedPassword() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .viewer) { browser in
            let page = try await browser.get("/account")
            let wrong = try await browser.submit(
                page, to: "/account/password",
                ["current_password": "wrong horse battery", "new_password": "another horse battery"])
            #expect(wrong.status == .badRequest)
            #expect(wrong.contains("Current password is wrong.") && !wrong.contains("We could not log you in"))
            #expect(try wrong.field("current_password").contains("aria-describedby=\"current_password-error\""))
            let done = try await browser.submit(
                page, to: "/account/password",
                ["current_password": TestConsole.password, "new_password": "another horse battery"])
            #expect(done.location == "/account?done=password")
            let after = try await browser.get("/account?done=password")
            #expect(after.contains("Your password is changed"))
        }
    }

    @Test("a page tells of something done only once, directly after the form, and never because of an address alone")
    func notices() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let path = "/portals/acme/settings"
            for forged in ["\(path)?done=saved", "/portals/acme/requests?done=approve&count=7", "/account?x=1&done=password"] {
                let answer = try await browser.get(forged)
                #expect(answer.status == .found && answer.location?.contains("done") == false, "\(forged)")
            }
            let saved = try await browser.submit(browser.get(path), ["name": "Acme", "display_name": "Acme"])
            let cookie = try #require(await browser.cookies["portalnotice"])
            #expect(try await browser.get("/account?done=password").location == "/account")
            let told = try await browser.get(try #require(saved.location))
            #expect(told.contains("<div class=\"message notice\" role=\"status\">\n<p>The settings are saved.</p>"))
            #expect(await browser.cookies["portalnotice"] == nil)
            #expect(try await browser.get("\(path)?done=saved").location == path)
            await browser.keep("portalnotice", cookie)
            console.clock.advance(by: .seconds(61))
            #expect(try await browser.get("\(path)?done=saved").location == path)
        }
    }

    @Test("whoever is led to a page by a log-in has done nothing there, whatever the address says")
    func noticeBehindLogIn() async throws {
        let console = try await TestConsole()
        try await console.browse(as: nil) { browser in
            let form = try await browser.get("/login?returnTo=%2Faccount%3Fdone%3Dpassword")
            #expect(try await browser.submit(form, Self.typed).location == "/account")
        }
    }

    @Test("the own account tells browsers in words of ours, and is marked in the navigation")
    func ownAccount() async throws {
        let console = try await TestConsole()
        try await console.browse(as: nil) { browser in
            let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 <b>"
            _ = try await browser.submit(browser.get("/login"), Self.typed, headers: [.userAgent: agent])
            let page = try await browser.get("/account")
            #expect(page.contains("Firefox on Linux") && !page.contains("Gecko"))
            #expect(page.contains("<a href=\"/account\" aria-current=\"true\">"))
            #expect(try await !browser.get("/").contains("<a href=\"/account\" aria-current"))
        }
    }

    @Test("recovery codes are spoken of only where there are some, and a wrong code is told at its field")
    func recoveryHint() async throws {
        let console = try await TestConsole(requiresSecondFactor: true)
        try await console.browse(as: nil) { browser in
            _ = try await browser.submit(browser.get("/login"), Self.typed)
            let setUp = try await browser.get("/second-factor")
            #expect(setUp.contains("Set up your second factor") && !setUp.contains("recovery code"))
            let wrong = try await browser.submit(setUp, ["code": "000000"])
            #expect(wrong.status == .badRequest && wrong.contains("Code is wrong.") && !wrong.contains("log you in"))
            #expect(try wrong.field("code").contains("aria-describedby=\"code-error\""))
        }
    }
}
