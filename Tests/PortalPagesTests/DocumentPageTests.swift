import Accounts
import Foundation
import Languages
import PagesTesting
import Testing

@testable import PortalPages

@Suite("The page of an API with a document")
struct DocumentPageTests {
    @Test("it says everything that the document says, in this order")
    func everything() async throws {
        let site = try await TestSite()
        try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.browse { browser in
            let page = try await browser.get("/apis/harbour")
            #expect(page.status == .ok)
            for text in [
                "<p>Ships <strong>come</strong> and go.</p>", "Harbour desk, desk@harbour.example", "MIT (MIT)",
                "<a href=\"https://harbour.example/terms\" rel=\"nofollow noopener noreferrer\">", "OpenAPI 3.1.0",
                "https://eu.harbour.example/v2", "API key in the header X-Harbour-Key",
                "data-found=\"{found} of 4 operations\">4 operations<",
                "<a href=\"/apis/harbour/schemas/ship\">Ship</a>", "Download (YAML, 2\u{a0}kB)", "in the path", "Its number",
                "<code>mate</code>", "length 1–40", "Example · small · A boat",
                "&quot;name&quot;: &quot;Dinghy&quot;", "Nothing is needed", "deprecated",
            ] { #expect(page.contains(text), "\(text)") }
            let places = ["getship", "delete-ships-id", "post-ships", "ping"].map { name in
                page.body.firstRange(of: "<article class=\"operation\" id=\"operation-\(name)\">")?.lowerBound
            }
            let found = places.compactMap(\.self)
            #expect(found.count == 4 && found == found.sorted(), "those without a tag come last")
            #expect(page.contains("<pre class=\"curl\"><code>curl "))
        }
    }

    @Test("a schema that stands inside of itself says so once and leads to itself")
    func recursion() async throws {
        let site = try await TestSite()
        try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.browse { browser in
            let page = try await browser.get("/apis/harbour/schemas/ship")
            #expect(try page.text(of: "h1") == "Ship")
            #expect(page.contains("It begins again here: <a href=\"/apis/harbour/schemas/ship\">Ship</a>"))
            #expect(page.contains("<a href=\"/apis/harbour/schemas/sailor\">Sailor</a>"))
        }
    }

    @Test("an operation has a page of its own")
    func operation() async throws {
        let site = try await TestSite()
        try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.browse { browser in
            let page = try await browser.get("/apis/harbour/operations/getship")
            #expect(try page.text(of: "h1") == "Read a ship")
            #expect(try page.text(of: "title") == "Read a ship · Harbour · Acme")
            for missing in ["operations/nothing", "operations", "schemas/nothing", "schemas", "operations/getship/x", "x"] {
                #expect(try await browser.get("/apis/harbour/\(missing)").status == .notFound)
            }
        }
    }

    @Test("the document is downloaded as it was published, and no browser shows it as a page")
    func download() async throws {
        let site = try await TestSite()
        try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.publish("Other", document: "{\"openapi\": \"3.0.3\"}")
        try await site.publish("Bare")
        try await site.browse { browser in
            let file = try await browser.get("/apis/harbour/document")
            #expect(file.body == SampleDocuments.harbour)
            #expect(file.header("content-type") == "application/yaml")
            #expect(file.header("content-disposition") == "attachment; filename=\"harbour.yaml\"")
            #expect(file.header("x-content-type-options") == "nosniff")
            #expect(file.header("content-security-policy")?.contains("default-src 'none'") == true)
            #expect(try await browser.get("/apis/other/document").header("content-type") == "application/json")
            #expect(try await browser.get("/apis/bare/document").status == .notFound)
        }
    }

    @Test(
        "every part of a private API is missing for those who are not logged in",
        arguments: ["", "/document", "/operations/getship", "/schemas/ship"])
    func hidden(part: String) async throws {
        let site = try await TestSite(autoApprove: true)
        try await site.publish("Harbour", .private, document: SampleDocuments.harbour)
        try await site.member("jane@example.com")
        try await site.browse { browser in
            #expect(try await browser.get("/apis/harbour\(part)").status == .notFound)
            try await browser.logIn("jane@example.com")
            #expect(try await browser.get("/apis/harbour\(part)").status == .ok)
            // Kept in memory now, it is still not for everybody.
            await browser.forget("portalaccesstoken")
            await browser.forget("portalrefreshtoken")
            #expect(try await browser.get("/apis/harbour\(part)").status == .notFound)
        }
    }

    @Test("an API without a document, and one whose document cannot be read, say so")
    func withoutDocument() async throws {
        let site = try await TestSite()
        try await site.publish("Bare")
        try await site.publish("Broken", document: "nothing: [of, the, kind")
        try await site.browse { browser in
            #expect(try await browser.get("/apis/bare").contains("There is no description of its operations yet."))
            let broken = try await browser.get("/apis/broken")
            #expect(broken.status == .ok)
            #expect(broken.contains("This page cannot show the document.") && broken.contains("/apis/broken/document"))
        }
    }

    @Test("what is called back, links of answers and alternatives of OpenAPI 3.1 are said in words; a long summary is no heading")
    func everythingElse() async throws {
        let site = try await TestSite()
        try await site.publish("Pier", document: SampleDocuments.pier)
        try await site.browse { browser in
            let page = try await browser.get("/apis/pier/operations/moor")
            #expect(try page.text(of: "h1") == "moor")
            for text in [
                "<p>\(SampleDocuments.longSummary)</p>", "<h2>Callbacks</h2><h3>moored</h3>", "<code>{$request.body#/url}</code>",
                "<code class=\"name\">x-request-id</code>", "Links", "<a href=\"/apis/pier/operations/leave\">leave</a>",
                "<code>berth: $response.body#/berth</code>", "told apart by kind, t → Tug", "item 1", "item 2", "no other items",
                "if:",
                "then:", "otherwise:", "needs name", "with the property", "crew needs captain", "each property’s name",
                "at least one item:", "content:", "string or null",
            ] { #expect(page.contains(text), "\(text)") }
        }
    }

    @Test("a long document is a list in parts, whose operations have pages of their own")
    func large() async throws {
        let site = try await TestSite()
        try await site.publish("Large", document: SampleDocuments.large(operations: 250))
        try await site.browse { browser in
            let page = try await browser.get("/apis/large")
            #expect(page.contains("250 operations") && page.contains("Page 1 of 3"))
            #expect(page.contains("href=\"/apis/large/operations/read99\"") && !page.contains("/operations/read100\""))
            #expect(page.contains("<h3>Tag 0</h3>") && page.contains("<h3>Tag 1</h3>") && !page.contains("<h3>Tag 2</h3>"))
            #expect(!page.contains("<article"))
            #expect(page.contains("href=\"/apis/large?page=2\""))
            let last = try await browser.get("/apis/large?page=9")
            #expect(last.contains("/operations/read249\"") && last.contains("Page 3 of 3") && !last.contains("Overview"))
        }
    }

    @Test("a search among the operations finds words in path, summary, id and tag, in any case")
    func search() async throws {
        let site = try await TestSite()
        try await site.publish("Large", document: SampleDocuments.large(operations: 250))
        try await site.browse { browser in
            let page = try await browser.get("/apis/large?find=THING+249")
            #expect(page.contains("1 of 250 operations") && page.contains("/operations/read249\""))
            #expect(try await browser.get("/apis/large?find=tag+2").contains("href=\"/apis/large?find=tag%202&amp;page=2\""))
            let nothing = try await browser.get("/apis/large?find=%3Cscript%3E")
            #expect(nothing.contains("Nothing matches “&lt;script&gt;”"))
        }
    }

    @Test("a normal document with everything that its page loads is below 60 kB", arguments: Language.allCases)
    func weight(language: Language) async throws {
        let site = try await TestSite()
        try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.browse { browser in
            let page = try await browser.get("/apis/harbour", headers: [.acceptLanguage: language.tag])
            var bytes = page.body.utf8.count
            for match in page.body.matches(of: #/(?:href|src)="(\/(?:assets\/[^"]+|favicon.svg))"/#) {
                bytes += try await browser.get(String(match.1)).body.utf8.count
            }
            #expect(bytes < 60_000)
        }
    }

    @Test("nothing of a page of a document is in English only", arguments: Language.allCases.filter { $0 != .english })
    func languages(language: Language) async throws {
        let site = try await TestSite()
        try await site.publish("Harbour", document: SampleDocuments.harbour)
        try await site.browse { browser in
            let page = try await browser.get("/apis/harbour", headers: [.acceptLanguage: language.tag])
            for word in ["Overview", "Responses", "required<", "in the path", "deprecated<", "length ", "Download", "Show ", "⟦"]
            {
                #expect(!page.contains(word), "\(word)")
            }
        }
    }

    @Test(
        "whatever a document says is text on every page of it",
        arguments: [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'\u{301} onclick='alert(1)", "</code></pre><iframe>",
            "[a](javascript:alert(1))", "<a href='javascript:alert(1)'>x</a>", "{{{words}}}", "</title><svg onload=alert(1)>",
            "![x](http://evil.example/x.png)", "<!--", "&lt;script&gt;",
        ])
    func hostile(text: String) async throws {
        let site = try await TestSite()
        try await site.publish("Hostile", document: SampleDocuments.hostile(text))
        try await site.browse { browser in
            let page = try await browser.get("/apis/hostile")
            #expect(page.status == .ok)
            #expect(!page.contains("This page cannot show"))
            let ways = page.body.matches(of: #/href="(\/apis\/hostile\/(?:operations|schemas)\/[^"]+)"/#).map { String($0.1) }
            #expect(!ways.isEmpty)
            var pages = [page]
            for way in ways { pages.append(try await browser.get(way)) }
            pages.append(try await browser.get("/apis/hostile/operations/\(try #require(Self.operation(on: page)))"))
            for page in pages { Self.expectHarmless(page) }
        }
    }

    private static func operation(on page: WebPage) -> String? {
        page.body.firstMatch(of: #/id="operation-([a-z0-9-]+)"/#).map { String($0.1) }
    }

    /// Elements and attributes are only those that the pages write themselves.
    private static func expectHarmless(_ page: WebPage) {
        #expect(page.status == .ok)
        let html = page.body.replacing(#/<script src="\/assets\/[a-z0-9.-]+" defer><\/script>/#, with: "")
        let dangerous = #/<(script|img|iframe|svg|style|object|embed|base|form [^>]*http)|<!--|href="\s*javascript|⟦/#
            .ignoresCase()
        #expect(html.firstMatch(of: dangerous) == nil)
        for tag in html.matches(of: #/<[a-z][^>]*>/#) {
            #expect(tag.0.firstMatch(of: #/\son[a-z]+\s*=/#.ignoresCase()) == nil, "\(tag.0)")
        }
        #expect(html.matches(of: #/<title>/#).count == 1 && html.matches(of: #/<\/title>/#).count == 1)
    }
}
