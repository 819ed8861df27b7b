import Foundation
import Testing

@testable import APIDocuments

@Suite("The model of a document")
struct ModelTests {
    @Test("an overview has what the document says of itself, numbers as they are written")
    func overview() throws {
        let document = try Sample.shelter.document
        #expect(document.title == "Animal Shelter" && document.version == "1.10" && document.specification == "3.0.3")
        #expect(document.contact?.email == "desk@shelter.example.com" && document.licence?.name == "Apache 2.0")
        #expect(document.format == .yaml && !document.isAbridged)
        let server = try #require(document.servers.first)
        #expect(server.url == "https://eu.shelter.example.com/v1/" && server.variables[0].values == ["eu", "us", "no"])
        #expect(try Sample.payments.document.summary == "Money from here to there")
    }

    @Test("operations are by their first tag, those without one at the end")
    func groups() throws {
        let groups = try Sample.shelter.document.groups
        #expect(groups.map(\.name) == ["Animals", "Photos", nil])
        #expect(
            groups.map { $0.operations.map(\.id) } == [
                ["listanimals", "addanimal"], ["put-animals-animalid-photo"], ["get-status"],
            ])
        #expect(groups[0].externalDocumentation?.url.description == "https://shelter.example.com/animals")
        #expect(groups[1].operations[0].isDeprecated)
    }

    @Test("ids are unique also where names are not")
    func ids() throws {
        let operations = try Sample.payments.document.operations
        #expect(operations.map(\.id) == ["createtransfer", "create-transfer", "post-tokens"])
        let text =
            Sample.head + "paths: {"
            + (0..<5).map { "/\($0): {get: {operationId: '<\(["!", "a"][$0 % 2])>'}}" }.joined(separator: ", ") + "}"
        #expect(try APIDocument(reading: Array(text.utf8)).operations.map(\.id) == ["part", "a", "part-2", "a-2", "part-3"])
    }

    @Test("an operation is found by its id, a schema by its name")
    func lookUp() throws {
        let document = try Sample.shelter.document
        #expect(document.operation("addanimal")?.path == "/animals" && document.operation("none") == nil)
        #expect(document.schema(named: "Problem")?.id == "problem" && document.schema(named: "none") == nil)
    }

    @Test("an operation's parameters win over its path's")
    func parameters() throws {
        let list = try #require(try Sample.shelter.document.operations.first)
        #expect(list.parameters.map(\.name) == ["limit", "tags", "since", "X-Trace"])
        let limit = list.parameters[0]
        #expect(limit.isRequired && limit.description?.source == "How many at most")
        #expect(limit.schema.type == "integer" && limit.schema.format == "int32" && limit.schema.defaultValue == "20")
        #expect(
            limit.schema.constraints == [.bound("≥ 1"), .bound("≤ 100")] && list.parameters[1].schema.type == "array of string")
        #expect(list.parameters[2].example == "2024-02-29" && list.parameters[3].schema.constraints == [.length("8")])
    }

    @Test("responses are by status, with what they carry")
    func responses() throws {
        let operations = try Sample.shelter.document.operations
        #expect(operations[0].responses.map(\.status) == ["200", "default"])
        #expect(operations[1].responses.map(\.status) == ["201", "4XX"])
        #expect(operations[0].responses[0].headers.map(\.name) == ["X-Next"])
        let content = try #require(operations[0].responses[0].contents.first)
        #expect(content.mediaType == "application/json" && content.schema?.type == "array of Animal")
        #expect(content.schema?.constraints == [.items("≤ 100")])
    }

    @Test("allOf is merged, with what is required of each part")
    func merged() throws {
        let animal = try #require(try Sample.shelter.document.schemas.first { $0.name == "Animal" }?.schema)
        #expect(animal.rows.map(\.name) == ["name", "id", "kind", "weight", "mother", "siblings", "secret"])
        #expect(animal.rows.filter(\.isRequired).map(\.name) == ["name", "kind"])
        #expect(animal.type == "object" && animal.description?.source == "Somebody who waits")
        let kind = animal.rows[2].schema
        #expect(kind.values == ["cat", "dog", "no"] && animal.rows[1].schema.isReadOnly && animal.rows[6].schema.isWriteOnly)
        #expect(animal.rows[3].schema.type == "number or null" && animal.rows[3].schema.constraints == [.bound("> 0")])
        #expect(animal.rows[4].schema.continuation == .recursion(component: "Animal"))
    }

    @Test("schemas of OpenAPI 3.1 are shown: lists of types, constants, tuples, alternatives, maps")
    func schemas31() throws {
        let document = try Sample.payments.document
        let transfer = try #require(document.schemas.first { $0.name == "Transfer" }?.schema)
        let types = transfer.rows.map { "\($0.name): \($0.schema.type)" }
        #expect(
            types == [
                "id: string", "amount: object", "from: one of", "note: string or null", "priority: integer", "metadata: object",
                "position: array", "anything: any",
            ])
        #expect(transfer.rows[1].schema.component == "Amount" && transfer.rows[1].schema.description?.source == "How much")
        let alternatives = transfer.rows[2].schema.rows
        #expect(alternatives.map(\.role) == [.oneOf, .oneOf] && alternatives.map(\.name) == ["By card", "Account"])
        #expect(
            alternatives[0].schema.rows[0].schema.constant == "card" && alternatives[0].schema.rows[0].schema.type == "string")
        #expect(transfer.rows[4].schema.constraints == [.bound("> 0"), .bound("≤ 9")])
        #expect(transfer.rows[5].schema.rows.map(\.role) == [.additionalProperties])
        #expect(transfer.rows[5].schema.constraints == [.properties("≤ 20")])
        #expect(transfer.rows[6].schema.rows.map(\.name) == ["1", "2"])
    }

    @Test("what is deeper than the limit is left to its component")
    func depth() throws {
        var limits = DocumentLimits()
        limits.schemaDepth = 2
        let chain = (0..<5).map { "S\($0): {type: object, properties: {x: {$ref: '#/components/schemas/S\($0 + 1)'}}}" }
        let text = Sample.head + "components: {schemas: {\(chain.joined(separator: ", ")), S5: {type: string}}}\n"
        let document = try APIDocument(reading: Array(text.utf8), limits: limits)
        let cut = document.schemas[0].schema.rows[0].schema.rows[0].schema
        #expect(cut.component == "S2" && cut.continuation == .limit(component: "S2") && cut.rows.isEmpty && !document.isAbridged)
    }

    @Test("a schema with more properties than there is room for tells how many are missing")
    func rows() throws {
        var limits = DocumentLimits()
        limits.schemaRows = 10
        let properties = (0..<30).map { "p\($0): {type: string}" }.joined(separator: ", ")
        let text = Sample.head + "components: {schemas: {A: {properties: {\(properties)}, anyOf: [{}, {}]}}}\n"
        let schema = try APIDocument(reading: Array(text.utf8), limits: limits).schemas[0].schema
        #expect(schema.rows.count == 10 && schema.omittedRows == 22)
    }

    @Test("examples are those of the document, otherwise made from the schema")
    func examples() throws {
        let add = try Sample.shelter.document.operations[1]
        let given = try #require(add.requestBody?.contents[0].examples)
        #expect(
            given.map(\.name) == ["cat", "dog"] && given.allSatisfy { !$0.isGenerated } && given[0].summary == "A cat that's shy")
        #expect(given[0].text == "{\n  \"name\": \"Tom's friend\",\n  \"kind\": \"cat\",\n  \"answer\": \"no\"\n}")
        let made = try #require(add.responses[0].contents[0].examples.first)
        #expect(
            made.isGenerated && !made.text.contains("secret") && made.text.contains("\"siblings\": []")
                && !made.text.contains("mother"))
        #expect(try Sample.shelter.document.operations[3].responses[0].contents[0].examples[0].text == "up")
    }

    @Test("an example that is made for a request leaves out what only an answer has, and is JSON")
    func generated() throws {
        let transfer = try Sample.payments.document.operations[0]
        let request = try #require(transfer.requestBody?.contents[0].examples.first?.text)
        let response = try #require(transfer.responses[0].contents[0].examples.first?.text)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(request.utf8)) as? [String: Any])
        #expect(object["id"] == nil && object["priority"] as? Int == 1 && response.contains("\"id\": \"123e4567"))
        #expect((object["amount"] as? [String: Any])?["currency"] as? String == "EUR")
        #expect((object["from"] as? [String: Any])?["type"] as? String == "card")
    }

    @Test("security is spelled out: alternatives, nothing, schemes with their scopes")
    func security() throws {
        let operations = try Sample.shelter.document.operations
        #expect(operations[0].security.map { $0.requirements.map(\.scheme.summary) } == [["an API key in the header X-API-Key"]])
        #expect(operations[1].security.map { $0.requirements.map(\.scheme.name) } == [["login"], ["key"]])
        #expect(operations[1].security[0].requirements[0].scopes == ["animals:write"])
        #expect(operations[3].security == [APISecurityAlternative(requirements: [])])
        let schemes = try Sample.payments.document.securitySchemes
        #expect(
            schemes.map(\.summary) == [
                "a bearer token (JWT) in the header Authorization", "user name and password by HTTP Basic",
            ])
    }

    @Test("webhooks and callbacks are shown, and no command line calls them")
    func webhooks() throws {
        let document = try Sample.payments.document
        #expect(document.webhooks.map(\.path) == ["transferSettled"] && document.webhooks[0].curl == nil)
        let callback = try #require(document.operations[0].callbacks.first)
        #expect(callback.name == "settled" && callback.expression == "{$request.body#/callback}")
        #expect(callback.operations.map(\.method.name) == ["POST"] && callback.operations[0].curl == nil)
        #expect(callback.operations[0].responses.map(\.status) == ["200"])
    }

    @Test("a search finds titles, summaries, paths, operation ids and tags; the text is bounded")
    func search() throws {
        let pieces = try Sample.shelter.document.searchText
        #expect(pieces.first == "Animal Shelter")
        for piece in ["GET /animals", "listAnimals", "Take an animal in", "Photos"] { #expect(pieces.contains(piece)) }
        var limits = DocumentLimits()
        limits.searchBytes = 30
        let few = try APIDocument(reading: Sample.shelter.bytes, limits: limits).searchText
        #expect(few.map(\.utf8.count).reduce(0, +) <= 30)
    }

    @Test("reading twice makes the same model", arguments: Sample.allCases)
    func deterministic(sample: Sample) throws {
        #expect(try sample.document == sample.document)
    }

    @Test(
        "numbers that only YAML writes come out as JSON",
        arguments: [
            ("0x1F", "31"), (".5", "0.5"), ("+1", "1"), ("1.", "1.0"), ("007", "7"), ("1.10", "1.10"), (".inf", "\".inf\""),
            ("1e400", "1e400"), ("0o17", "15"),
        ])
    func numbers(text: String, json: String) {
        #expect(NumberText.json(text) == json)
    }

    @Test(
        "the documents that Portolan serves itself are read whole",
        arguments: ["PortalAPI/OpenAPI/portal-api.yaml", "ManagementAPI/OpenAPI/management-api.yaml"])
    func own(path: String) throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        let document = try APIDocument(reading: [UInt8](try Data(contentsOf: sources.appending(path: path))))
        #expect(
            !document.isAbridged && document.operations.count >= 18 && document.operations.allSatisfy { $0.operationID != nil })
        #expect(document.operations.allSatisfy { $0.curl != nil && !$0.responses.isEmpty })
    }
}
