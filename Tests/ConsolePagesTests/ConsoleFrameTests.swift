import Accounts
import HTTPTypes
import Testing

@testable import ConsolePages

@Suite("What all pages of the console have in common")
struct ConsoleFrameTests {
    @Test("every answer is strict, and kept by nobody", arguments: ["/", "/audit", "/nothing", "/portals/acme/nothing"])
    func headers(path: String) async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get(path)
            let policy = try #require(page.header("content-security-policy"))
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"))
            #expect(page.header("cache-control") == "no-store")
            #expect(page.header("x-content-type-options") == "nosniff")
            #expect(page.header("referrer-policy") == "no-referrer")
            #expect(page.header("content-type") == "text/html; charset=utf-8")
            #expect(!page.contains("<script") && !page.contains(" style=") && !page.contains("⟦"))
            #expect(try await browser.head(path).body.isEmpty)
        }
    }

    @Test("an address without a page is a friendly 404, and a method that a page does not take is 405")
    func missing() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            for path in ["/nothing", "/portals", "/portals/acme", "/portals/acme/x/y/z", "/audit/x", "/assets/x.css"] {
                let page = try await browser.get(path)
                #expect(page.status == .notFound, "\(path)")
                #expect(page.contains("There is nothing here"), "\(path)")
            }
            #expect(try await browser.send(.delete, "/audit").status == .methodNotAllowed)
        }
    }

    @Test("both stylesheets may be kept for good")
    func stylesheets() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get("/")
            let paths = page.body.matches(of: #/<link rel="stylesheet" href="(/assets/(base|console)-[0-9a-f]{16}\.css)">/#)
            #expect(paths.map(\.2) == ["base", "console"])
            for path in paths {
                #expect(try await browser.get(String(path.1)).header("cache-control") == "public, max-age=31536000, immutable")
            }
        }
    }

    @Test("the console speaks the language of whoever looks", arguments: [("de", "Portale"), ("ja", "ポータル"), ("fr", "Portails")])
    func languages(language: String, title: String) async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get("/", headers: [.acceptLanguage: language])
            #expect(page.contains("<html lang=\"\(language)\">"))
            #expect(try page.text(of: "h1") == title)
        }
    }

    @Test(
        "a table's cells go below each other on small screens, and stay cells for whoever hears the page",
        arguments: [
            "/portals/acme/requests", "/portals/acme/developers", "/portals/acme/mail-texts", "/mails", "/admins", "/apis",
            "/audit",
        ])
    func tables(path: String) async throws {
        let console = try await TestConsole()
        _ = try await console.things()
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get(path)
            #expect(page.contains("<div class=\"scroll narrowing\""))
            let roles = [
                "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell",
            ]
            for (tag, role) in roles {
                let all = page.body.matches(of: try Regex("<\(tag)[ >]")).count
                let told = page.body.matches(of: try Regex("<\(tag) [^>]*role=\"\(role)\"")).count
                #expect(all > 0 && told == all, "\(tag)")
            }
        }
    }

    @Test("more portals than a page holds are shown page by page")
    func portals() async throws {
        let console = try await TestConsole()
        for number in 0..<30 { _ = try await console.flows.portals.create(PortalDraft(name: "Portal \(number)"), by: .operator) }
        try await console.browse(as: .viewer) { browser in
            let first = try await browser.get("/")
            let second = try await browser.get("/?page=2")
            let names = [first, second].map {
                $0.body.matches(of: #/href="\/portals\/([a-z0-9-]+)\/requests"/#).map { String($0.1) }
            }
            #expect(names.map(\.count) == [24, 7] && Set(names.joined()).count == 31)
            #expect(first.contains("rel=\"next\" href=\"/?page=2\"") && second.contains("rel=\"prev\" href=\"/\""))
            #expect(try await browser.get("/?page=9").contains("rel=\"prev\" href=\"/\""))
        }
    }

    @Test("the audit log goes from the newest entry to the oldest, page by page")
    func audit() async throws {
        let console = try await TestConsole()
        for number in 0..<60 { try await console.waiting("jane\(number)@example.com") }
        try await console.browse(as: .approver) { browser in
            let first = try await browser.get("/audit")
            let older = try #require(first.body.firstMatch(of: #/rel="next" href="(/audit\?before=\d+)"/#)?.1)
            let second = try await browser.get(String(older))
            #expect(second.contains("portal.created") && !first.contains("portal.created"))
            #expect(!second.contains("rel=\"next\""))
        }
    }
}
