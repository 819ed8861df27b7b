import Accounts
import Testing

@testable import ConsolePages

@Suite("The catalog in the console")
struct CatalogPageTests {
    @Test("an API is made of a file or of pasted text, published, replaced and deleted")
    func life() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let token = try await browser.get("/apis/new").form(to: "/apis/new").hidden["form_token"] ?? ""
            let made = try await browser.upload(
                "/apis/new", fields: ["form_token": token, "name": "Payments", "version": "1"], file: "openapi: 3.1.0")
            #expect(made.status == .seeOther)
            let path = String(try #require(made.location?.split(separator: "?").first))
            let id = try #require(APIID(path.split(separator: "/").last ?? ""))
            let page = try await browser.get(path)
            #expect(page.contains("Payments") && page.contains("OpenAPI 3.1.0, YAML, 14 B"))
            let field = "visibility-\(console.portal.id)"
            _ = try await browser.submit(page, to: "\(path)/publications", [field: "public"])
            #expect(try await console.flows.catalog.publication(of: id, at: console.portal.id).visibility == .public)
            _ = try await browser.submit(page, to: "\(path)/publications", [field: "none"])
            let left = try await console.flows.catalog.publications(of: id, page: PageRequest())
            #expect(left.total == 0)
            let replaced = try await browser.upload(
                path, fields: ["form_token": token, "name": "Pay", "version": "2", "slug": "pay", "document": "{}"])
            #expect(replaced.location == "\(path)?done=saved")
            let api = try await console.flows.catalog.api(id)
            #expect(api.name == "Pay" && api.slug == "pay" && api.specification?.format == .json)
            let question = try await browser.submit(browser.get(path), to: "\(path)/delete")
            #expect(question.contains("Delete this API?"))
            let gone = try await browser.submit(question)
            #expect(gone.location == "/apis?done=deleted")
        }
    }

    @Test("what is missing or taken is told, and what was typed is kept")
    func refusals() async throws {
        let console = try await TestConsole()
        _ = try await console.flows.catalog.create(name: "Payments", version: "1", description: nil, by: .operator)
        try await console.browse(as: .owner) { browser in
            let token = try await browser.get("/apis/new").form(to: "/apis/new").hidden["form_token"] ?? ""
            let missing = try await browser.upload("/apis/new", fields: ["form_token": token, "name": "A<b"])
            #expect(missing.status == .badRequest)
            #expect(missing.contains("Please fill in “OpenAPI document”.") && missing.contains("value=\"A&lt;b\""))
            let taken = try await browser.upload(
                "/apis/new", fields: ["form_token": token, "name": "Payments", "version": "1"], file: "openapi: 3.1.0")
            #expect(taken.status == .conflict)
            #expect(taken.contains("Another API has this name and version"))
            let form = try await browser.post("/apis/new", ["form_token": token])
            #expect(form.status == .unsupportedMediaType)
        }
    }

    @Test("a document's faults are named, each with its place")
    func faults() async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let token = try await browser.get("/apis/new").form(to: "/apis/new").hidden["form_token"] ?? ""
            let page = try await browser.upload("/apis/new", fields: ["form_token": token], file: "bad: <b>")
            #expect(page.status == .badRequest)
            #expect(page.contains("line 1, column 1: expected openapi, found &lt;b&gt;"))
            #expect(page.contains("line 2, column 1: expected a text, found a list"))
            #expect(page.contains("<title>Error: New API"))
        }
    }

    @Test(
        "the field of a refused document is marked and says why, in the page's language",
        arguments: [
            ("de", "Zeile 2, Spalte 1: erwartet: ein Text; gefunden: eine Liste"),
            ("es", "línea 2, columna 1: se esperaba: un texto; se encontró: una lista"),
            ("fr", "ligne 2, colonne 1\u{A0}: attendu\u{A0}: un texte\u{A0}; trouvé\u{A0}: une liste"),
            ("ja", "2行目1文字目：テキストが必要ですが、リストになっています"),
        ])
    func refusedDocument(language: String, reason: String) async throws {
        let console = try await TestConsole()
        try await console.browse(as: .owner) { browser in
            let token = try await browser.get("/apis/new").form(to: "/apis/new").hidden["form_token"] ?? ""
            _ = try await browser.get("/language/\(language)?returnTo=%2Fapis%2Fnew")
            let page = try await browser.upload("/apis/new", fields: ["form_token": token, "document": "bad"])
            #expect(page.contains(reason))
            #expect(page.contains("<p class=\"error\" id=\"document-error\">"))
            let area = try #require(page.body.firstMatch(of: #/<textarea id="document"[^>]*>/#)?.0)
            #expect(area.contains("aria-invalid=\"true\"") && area.contains("aria-describedby=\"document-error\""))
            #expect(page.contains("<a href=\"#document\">"))
        }
    }

    @Test("what an API says of itself is no description of its form's fields")
    func descriptions() async throws {
        let console = try await TestConsole()
        let api = try await console.flows.catalog.create(name: "Payments", version: "1", description: "Pays", by: .operator)
        try await console.browse(as: .owner) { browser in
            let page = try await browser.get("/apis/\(api.id)")
            #expect(page.contains("value=\"Pays\"") && !page.contains("aria-describedby=\"Pays\""))
        }
    }

    @Test("an API is published to portals page by page, and those of other pages stay as they are")
    func manyPortals() async throws {
        let console = try await TestConsole()
        for number in 0..<30 { _ = try await console.flows.portals.create(PortalDraft(name: "Portal \(number)"), by: .operator) }
        let api = try await console.flows.catalog.create(name: "Payments", version: "1", description: nil, by: .operator)
        try await console.browse(as: .owner) { browser in
            let first = try await browser.get("/apis/\(api.id)")
            #expect(first.body.matches(of: #/<select id="visibility-/#).count == 25)
            let second = try await browser.get("/apis/\(api.id)?page=2")
            #expect(second.body.matches(of: #/<select id="visibility-/#).count == 6)
            let path = "/apis/\(api.id)/publications"
            let field = String(try #require(first.body.firstMatch(of: #/<select id="(visibility-[^"]+)"/#)?.1))
            let other = String(try #require(second.body.firstMatch(of: #/<select id="(visibility-[^"]+)"/#)?.1))
            _ = try await browser.submit(first, to: path, [field: "public"])
            let answer = try await browser.submit(second, to: path, [other: "private"])
            #expect(answer.location == "/apis/\(api.id)?done=published&page=2")
            #expect(try await console.flows.catalog.publications(of: api.id, page: PageRequest()).total == 2)
        }
    }

    @Test("the list is searched by name")
    func search() async throws {
        let console = try await TestConsole()
        for name in ["Payments", "Parcels"] {
            _ = try await console.flows.catalog.create(name: name, version: nil, description: nil, by: .operator)
        }
        try await console.browse(as: .viewer) { browser in
            let page = try await browser.get("/apis?q=parc")
            #expect(page.contains("Parcels") && !page.contains("Payments"))
            #expect(!page.contains("/apis/new"))
            // Without a version there is no word that announces one.
            #expect(page.contains("<td role=\"cell\"></td>"))
        }
    }
}
