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
            #expect(missing.contains("Please fill in: OpenAPI document") && missing.contains("value=\"A&lt;b\""))
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
            #expect(page.contains("line 2, column 1: nothing"))
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
        }
    }
}
