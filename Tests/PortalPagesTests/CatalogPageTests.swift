import Accounts
import PagesTesting
import Testing

@Suite("The catalog")
struct CatalogPageTests {
    @Test("everybody sees public APIs, and that there is more; developers see the private ones too")
    func visibility() async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.publish("Payments", version: "2.1", description: "Takes money", .public)
        try await site.publish("Ledger", .private)
        try await site.member("jane@example.com")
        try await site.browse { browser in
            let before = try await browser.get("/")
            #expect(before.contains("Payments") && before.contains("2.1") && before.contains("Takes money"))
            #expect(!before.contains("Ledger"))
            #expect(before.contains("Some APIs are for developers who are logged in."))
            #expect(before.contains("1 API<"))
            #expect(try await browser.get("/apis/ledger").status == .notFound)

            try await browser.logIn("jane@example.com")
            let after = try await browser.get("/")
            #expect(after.contains("Payments") && after.contains("Ledger"))
            #expect(!after.contains("Some APIs are for developers"))
            #expect(try await browser.get("/apis/ledger").status == .ok)
        }
    }

    @Test("a missing and a hidden API are the same page")
    func hidden() async throws {
        let site = try await TestSite()
        try await site.publish("Ledger", .private)
        try await site.browse { browser in
            let hidden = try await browser.get("/apis/ledger")
            let missing = try await browser.get("/apis/nothing")
            #expect(hidden.status == .notFound)
            #expect(hidden.contains("href=\"/login?returnTo=%2Fapis%2Fledger\""))
            #expect(withoutNames(hidden) == withoutNames(missing))
        }
    }

    @Test(
        "a search finds words in name, version and description, and says when it finds nothing",
        arguments: [
            ("pay", ["Payments"]), ("MONEY", ["Payments"]), ("takes+money", ["Payments"]), ("2.1", ["Payments"]),
            ("s", ["Payments", "Ships"]), ("%20", ["Payments", "Ships"]), ("pay+ships", []), ("%3Cscript%3E", []),
        ])
    func search(query: String, expected: [String]) async throws {
        let site = try await TestSite()
        try await site.publish("Payments", version: "2.1", description: "Takes money")
        try await site.publish("Ships")
        try await site.browse { browser in
            let page = try await browser.get("/?q=\(query)")
            #expect(page.status == .ok)
            for name in ["Payments", "Ships"] { #expect(page.contains(">\(name)</a>") == expected.contains(name)) }
            #expect(page.contains("Nothing matches") == expected.isEmpty)
            #expect(!page.contains("<script"))
        }
    }

    @Test("a query that cannot be read is no search", arguments: ["q=%", "q=a&q=b", "q=%ff", "utm=x&utm=y"])
    func strangeQuery(query: String) async throws {
        let site = try await TestSite()
        try await site.publish("Payments")
        try await site.browse { browser in
            let page = try await browser.get("/?\(query)")
            #expect(page.contains("Payments"))
        }
    }

    @Test("a catalog shows its APIs in parts, and each has its page by its slug only")
    func parts() async throws {
        let site = try await TestSite()
        for number in 10..<60 { try await site.publish("Api \(number)") }
        let entries = try await site.flows.catalogReading.entries(in: site.portal, visibleAs: .public, page: PageRequest())
            .elements
        let first = try #require(entries.first)
        try await site.browse { browser in
            let page = try await browser.get("/")
            #expect(page.contains("50 APIs") && page.contains("Page 1 of 3"))
            #expect(page.contains("/apis/api-10\"") && page.contains("/apis/api-33\"") && !page.contains("/apis/api-34\""))
            #expect(page.contains("rel=\"next\" href=\"/?page=2\"") && !page.contains("rel=\"prev\""))
            let second = try await browser.get("/?page=2")
            #expect(second.contains("/apis/api-34\"") && second.contains("/apis/api-57\"") && !second.contains("/apis/api-58\""))
            #expect(second.contains("rel=\"next\" href=\"/?page=3\"") && second.contains("rel=\"prev\" href=\"/\""))
            #expect(try await browser.get("/apis/\(first.api.slug)").status == .ok)
            #expect(try await browser.get("/apis/\(first.api.id)").status == .notFound)
        }
    }

    @Test("a page behind the last one is the last one", arguments: ["4", "1000000", "99999999999999999999"])
    func behind(page number: String) async throws {
        let site = try await TestSite()
        for number in 10..<60 { try await site.publish("Api \(number)") }
        try await site.browse { browser in
            let page = try await browser.get("/?page=\(number)")
            #expect(page.status == .ok)
            // A number that none is counts as no number.
            #expect(page.contains(number.count > 18 ? "Page 1 of 3" : "Page 3 of 3"))
        }
    }

    @Test("a search has parts too, and says when it stopped counting")
    func partsOfSearch() async throws {
        let site = try await TestSite()
        for number in 100..<250 { try await site.publish("Api \(number)") }
        try await site.publish("Ships")
        try await site.browse { browser in
            let page = try await browser.get("/?q=api")
            #expect(page.contains("more than 100 of 151 APIs"))
            #expect(page.contains("Page 1<") && page.contains("rel=\"next\" href=\"/?q=api&amp;page=2\""))
            let few = try await browser.get("/?q=api+10")
            #expect(few.contains("12 of 151 APIs") && !few.contains("class=\"pager\""))
        }
    }

    @Test("an empty catalog says so and offers no search")
    func empty() async throws {
        let site = try await TestSite()
        try await site.browse { browser in
            let page = try await browser.get("/")
            #expect(page.contains("Nothing to see here yet"))
            #expect(!page.contains("role=\"search\""))
        }
    }

    @Test("one API's page shows what is known of it")
    func api() async throws {
        let site = try await TestSite()
        try await site.publish("Payments", version: "2.1", description: "Takes money")
        try await site.browse { browser in
            let page = try await browser.get("/apis/payments-2-1")
            #expect(try page.text(of: "h1") == "Payments")
            #expect(try page.text(of: "title") == "Payments · Acme")
            #expect(page.contains("Takes money"))
            #expect(page.contains("<time datetime=\"2026-11-24\">24 November 2026</time>"))
        }
    }

    private func withoutNames(_ page: WebPage) -> String {
        page.body.replacing(#/<code>[0-9a-f]+<\/code>/#, with: "").replacing(#/%2Fapis%2F[a-z]+/#, with: "")
    }
}
