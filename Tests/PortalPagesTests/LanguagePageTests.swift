import Accounts
import HTTPTypes
import Languages
import PagesTesting
import Testing

@Suite("Pages in five languages")
struct LanguagePageTests {
    static let paths = PageTests.paths + ["/?q=nothing", "/nothing"]

    /// A word of the log-in page in each language, and one of its title.
    static let spots: [(Language, String, String)] = [
        (.english, "Forgot your password?", "Log in"), (.german, "Passwort vergessen?", "Anmelden"),
        (.spanish, "¿Ha olvidado su contraseña?", "Iniciar sesión"), (.french, "Mot de passe oublié\u{A0}?", "Se connecter"),
        (.japanese, "パスワードをお忘れですか？", "ログイン"),
    ]

    @Test("every page answers in each language, whole, and says which it is", arguments: Language.allCases)
    func pages(language: Language) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.publish("Payments", version: "2.1")
        try await site.member("jane@example.com")
        try await site.browse { browser in
            let headers: HTTPFields = [.acceptLanguage: language.tag]
            for path in Self.paths { Self.expect(language, of: try await browser.get(path, headers: headers)) }
            // What was done is told only where it was done.
            func expectNotice(after answer: WebPage) async throws {
                Self.expect(language, of: try await browser.get(try #require(answer.location), headers: headers))
            }
            try await expectNotice(after: browser.fill("/forgot-password", ["email": "jane@example.com"]))
            try await browser.logIn("jane@example.com")
            for path in ["/", "/account", "/account/delete"] {
                Self.expect(language, of: try await browser.get(path, headers: headers))
            }
            try await expectNotice(after: browser.submit(browser.get("/account"), to: "/account/name", ["full_name": "Jane Roe"]))
            try await expectNotice(after: browser.fill("/account/delete", ["password": TestSite.password]))
        }
    }

    private static func expect(_ language: Language, of page: WebPage) {
        #expect(page.contains("<html lang=\"\(language.tag)\">"))
        #expect(page.header("content-language") == language.tag)
        #expect(!page.contains("⟦"))
        #expect(!page.contains("{{"))
        // What every page says at its end is in the page's language only.
        #expect(page.contains("Accounts in this portal are kept in") == (language == .english))
    }

    @Test("the words are the language's own", arguments: spots)
    func words(language: Language, word: String, title: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get("/login", headers: [.acceptLanguage: language.tag])
            #expect(page.contains(word))
            #expect(try page.text(of: "title") == "\(title) · Acme")
            for other in Language.allCases {
                #expect(page.contains("lang=\"\(other.tag)\" hreflang=\"\(other.tag)\""))
                #expect(page.contains(">\(other.nativeName)</a>"))
            }
        }
    }

    @Test("no English remains of what is wrong with a field", arguments: Language.allCases.filter { $0 != .english })
    func fieldErrors(language: Language) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.member("jane@example.com")
        try await site.browse { browser in
            await browser.keep("portallanguage", language.tag)
            let long = String(repeating: "x", count: 251)
            for (name, address) in [("", ""), (long, long), ("a\u{7}b", "nobody"), ("x", String(repeating: "ü", count: 200))] {
                let page = try await browser.fill("/register", ["full_name": name, "email": address])
                #expect(page.status == .badRequest)
                Self.expectNoEnglish(in: page)
            }
            try await browser.logIn("jane@example.com")
            let current = TestSite.password
            for (old, new) in [("", "x"), ("wrong", "x"), (current, "x"), (current, "password1"), (current, "jane@example.com")] {
                let page = try await browser.submit(
                    browser.get("/account"), to: "/account/password", ["current_password": old, "new_password": new])
                #expect(page.status == .badRequest)
                Self.expectNoEnglish(in: page)
            }
        }
    }

    private static func expectNoEnglish(in page: WebPage) {
        for word in [" must ", "Enter ", " is wrong", "characters", "There is a problem", "most used"] {
            #expect(!page.contains(word), "\(word)")
        }
    }

    @Test("days and numbers are written as the language writes them")
    func days() async throws {
        let site = try await TestSite()
        try await site.publish("Payments")
        try await site.browse { browser in
            let page = try await browser.get("/apis/payments", headers: [.acceptLanguage: "ja"])
            #expect(page.contains("<time datetime=\"2026-11-24\">2026年11月24日</time>"))
        }
    }

    @Test("what was chosen here counts more than what the browser wishes")
    func choice() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let chosen = try await browser.get("/language/de?returnTo=%2Flogin%3Fregistered%3Dtrue")
            #expect(chosen.status == .seeOther)
            #expect(chosen.location == "/login?registered=true")
            let page = try await browser.get("/login", headers: [.acceptLanguage: "ja"])
            #expect(page.contains("<html lang=\"de\">"))
            await browser.keep("portallanguage", "xx")
            #expect(try await browser.get("/login", headers: [.acceptLanguage: "ja"]).contains("<html lang=\"ja\">"))
        }
    }

    @Test(
        "a developer's choice on a page of the portal is for mails too; no other site can make it",
        arguments: [("same-origin", true), ("same-site", false), ("cross-site", false), ("none", false), (nil, false)])
    func ofAccount(site fetchSite: String?, isStored: Bool) async throws {
        let site = try await TestSite(autoApprove: true)
        let before = try await site.member("jane@example.com").language
        try await site.browse { browser in
            try await browser.logIn("jane@example.com")
            var headers: HTTPFields = [:]
            if let fetchSite, let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = fetchSite }
            _ = try await browser.send(.head, "/language/ja", headers: headers)
            #expect(try await Self.language(at: site) == before)
            #expect(try await browser.get("/language/ja?returnTo=/account", headers: headers).location == "/account")
            #expect(try await browser.get("/account").contains("<html lang=\"ja\">"))
            #expect(try await Self.language(at: site) == (isStored ? .japanese : before))
        }
    }

    private static func language(at site: TestSite) async throws -> Language? {
        await site.store.developer(with: try EmailAddress("jane@example.com"), in: site.portal.id)?.language
    }

    @Test("the switch keeps the page and its search, and leads nowhere else")
    func keepsPage() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get("/?q=pay+ments")
            #expect(page.contains("href=\"/language/de?returnTo=%2F%3Fq%3Dpay%2Bments\""))
            #expect(try await browser.get("/language/de?returnTo=//evil.example").location == "/")
            #expect(try await browser.get("/language/xx").status == .notFound)
            #expect(try await browser.get("/language").status == .notFound)
        }
    }

    @Test(
        "no other address repeats a mailed token",
        arguments: ["/login?token=SECRET", "/reset-password?token=SECRET", "/?x=1&token=SECRET"])
    func tokens(path: String) async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get(path)
            #expect(page.body.firstMatch(of: #/(href|src)="[^"]*SECRET/#) == nil)
            #expect(!page.contains("/language/"))
        }
    }

    @Test("a form that is shown again offers no switch, which would lose what was typed")
    func refusedForms() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            #expect(try await browser.get("/register").contains("/language/"))
            let refused = try await browser.fill("/register", ["full_name": "", "email": ""])
            #expect(!refused.contains("/language/"))
        }
    }

    @Test("what is the same in every language names none")
    func assets() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let icon = try await browser.get("/favicon.svg")
            #expect(icon.header("content-language") == nil)
        }
    }
}
