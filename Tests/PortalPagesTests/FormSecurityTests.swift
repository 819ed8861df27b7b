import Accounts
import Foundation
import HTTPTypes
import Testing

@Suite("Forms that do not come from the portal")
struct FormSecurityTests {
    static let typed = ["full_name": "Jane Doe", "email": "jane@example.com"]

    static func headers(_ name: String, _ value: String) throws -> HTTPFields { [try #require(HTTPField.Name(name)): value] }

    @Test(
        "a form from another site is refused, and nothing is stored",
        arguments: [
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "x"),
            ("Origin", "https://evil.example"), ("Origin", "http://localhost"), ("Origin", "https://localhost.evil.example"),
            ("Origin", "https://localhost:8443"), ("Origin", "https://other.eu.portal.example.com"),
        ])
    func crossSite(name: String, value: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.fill("/register", Self.typed, headers: Self.headers(name, value))
            #expect(page.status == .forbidden)
            #expect(page.contains("This form came from elsewhere"))
            #expect(await site.store.steps == 0)
        }
    }

    @Test(
        "a form from the portal itself is taken, whatever way a browser says so",
        arguments: [
            ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none"), ("Origin", "https://localhost"),
            ("Origin", "HTTPS://LOCALHOST"), ("Origin", "null"),
        ])
    func ownSite(name: String, value: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.fill("/register", Self.typed, headers: Self.headers(name, value))
            #expect(page.status == .seeOther)
        }
    }

    @Test("a form without its cookie is shown again with what was typed, and then works")
    func missingCookie() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let form = try await browser.get("/register")
            await browser.forget("portalform")
            let again = try await browser.submit(form, Self.typed)
            #expect(again.status == .forbidden)
            #expect(again.contains("Please submit again"))
            #expect(try again.field("full_name").contains("value=\"Jane Doe\""))
            #expect(try again.field("email").contains("value=\"jane@example.com\""))
            #expect(await site.store.steps == 0)
            #expect(try await browser.submit(again, Self.typed).status == .seeOther)
        }
    }

    @Test(
        "a wrong token, another form's, another browser's and another portal's are refused on every form",
        arguments: [
            "/register", "/login", "/verify-email", "/reset-password", "/forgot-password", "/logout",
        ])
    func wrongTokens(path: String) async throws {
        let site = try await TestSite()
        let other = try await site.flows.portals.create(PortalDraft(name: "Other"), by: .operator)
        let opening = ["/verify-email": "/login?token=x", "/reset-password": "/reset-password?token=x"][path] ?? path
        let form = try await Collected.tokens(of: site, at: opening)
        let foreign = try await Collected.tokens(of: site, other, at: opening)
        let elsewhere = try await Collected.tokens(of: site, at: path == "/register" ? "/login" : "/register")
        try await site.browse { browser in
            for (cookie, token) in [
                (form.cookie, ""), (form.cookie, "AAAA"), (form.cookie, "%%%"), (foreign.cookie, form.token),
                (foreign.cookie, foreign.token), (elsewhere.cookie, elsewhere.token), ("", form.token), ("zz", form.token),
            ] {
                await browser.keep("portalform", cookie)
                let page = try await browser.post(path, ["form_token": token, "password": "correct horse battery", "token": "x"])
                #expect(page.status == .forbidden)
                #expect(page.contains("Please submit again"))
                #expect(!page.contains("correct horse battery"))
            }
            #expect(await site.store.steps == 0)
        }
    }

    @Test("a developer stays logged in when another site's page posts to the log-out")
    func staysLoggedIn() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member("jane@example.com")
        try await site.browse { browser in
            try await browser.logIn("jane@example.com")
            #expect(try await browser.post("/logout", [:]).status == .forbidden)
            #expect(try await browser.get("/account").status == .ok)
        }
    }

    // MARK: Bodies

    @Test(
        "a body of another type is 415",
        arguments: [
            "application/json", "multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencodedx",
        ])
    func wrongType(type: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.post("/register", Self.typed, headers: [.contentType: type])
            #expect(page.status == .unsupportedMediaType)
            #expect(try await browser.send(.post, "/register", body: "a=b").status == .unsupportedMediaType)
        }
    }

    @Test("a content type with a parameter and in capitals is a form too")
    func typeWithParameter() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let type = "Application/X-WWW-Form-Urlencoded; charset=UTF-8"
            let page = try await browser.fill("/register", Self.typed, headers: [.contentType: type])
            #expect(page.status == .seeOther)
        }
    }

    @Test("a body over the limit is 413")
    func tooLong() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.fill(
                "/register", ["full_name": String(repeating: "x", count: 70_000), "email": "a@b.example"])
            #expect(page.status == .contentTooLarge)
            #expect(page.contains("That was too long"))
        }
    }

    @Test(
        "a body that no browser sends is 400 and never 500",
        arguments: [
            "full_name=a&full_name=b", "full_name=%", "full_name=%zz", "full_name=%C3%28", "full_name=%ff", "%ff=x",
            "email=%ED%A0%80",
        ])
    func strange(body: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let page = try await browser.send(.post, "/register", headers: headers, body: body)
            #expect(page.status == .badRequest)
            #expect(page.contains("We could not read that"))
        }
    }

    @Test(
        "an empty body, empty pairs and unknown fields are a form that lacks its fields",
        arguments: ["", "&&", "=", "x=y&z", "%00=1"])
    func incomplete(body: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let page = try await browser.send(.post, "/register", headers: headers, body: body)
            #expect(page.status == .forbidden)
            #expect(page.contains("Please submit again"))
        }
    }
}

/// The cookie and the token of a form as somebody else's browser has them.
private struct Collected {
    let cookie: String
    let token: String

    static func tokens(of site: TestSite, _ portal: Portal? = nil, at path: String) async throws -> Collected {
        let collected = Box()
        try await site.browse(portal) { browser in
            let form = try await browser.get(path).form()
            await collected.keep(
                Collected(cookie: browser.cookies["portalform"] ?? "", token: form.hidden["form_token"] ?? ""))
        }
        return try #require(await collected.value)
    }

    private actor Box {
        private(set) var value: Collected?

        func keep(_ value: Collected) { self.value = value }
    }
}
