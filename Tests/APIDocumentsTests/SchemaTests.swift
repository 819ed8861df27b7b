import Testing

@testable import APIDocuments

@Suite("Schemas as documents write them")
struct SchemaTests {
    private func schema(_ text: String, others: String = "") throws -> APISchema {
        try #require(try document(components: "{schemas: {A: \(text)\(others)}}").schemas.first).schema
    }

    private func roles(_ text: String) throws -> [String] { try schema(text).rows.map { "\($0.role) \($0.name)" } }

    @Test(
        "a schema or null is that schema, which may be null",
        arguments: [
            ("{anyOf: [{type: string, maxLength: 5}, {type: 'null'}], title: T}", "string or null"),
            ("{oneOf: [{type: 'null'}, {type: integer}]}", "integer or null"),
            ("{anyOf: [{type: array, items: {type: string}}, {type: 'null'}]}", "array of string or null"),
            ("{type: [string, 'null']}", "string or null"), ("{type: string, nullable: true}", "string or null"),
            ("{anyOf: [{type: string}, {type: integer}, {type: 'null'}]}", "any of"),
            ("{anyOf: [{type: 'null'}, {type: 'null'}]}", "any of"),
            ("{anyOf: [{type: string}, {type: 'null', title: N}]}", "any of"),
        ])
    func orNull(text: String, type: String) throws {
        let schema = try schema(text)
        #expect(schema.type == type && schema.rows.isEmpty == (type != "any of"))
    }

    @Test("a component or null keeps its name, also inside of itself")
    func componentOrNull() throws {
        let node = try schema("{type: object, properties: {next: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}}}")
        let next = node.rows[0].schema
        #expect(next.component == "A" && next.type == "object or null" && next.rows.isEmpty)
        #expect(next.continuation == .recursion(component: "A"))
    }

    @Test("a reference in allOf that is only described there keeps its name, and ends where it begins again")
    func describedReference() throws {
        let node = try schema(
            "{type: object, properties: {next: {allOf: [{$ref: '#/components/schemas/A'}], nullable: true, description: After it}}}"
        )
        let next = node.rows[0].schema
        #expect(next.component == "A" && next.description?.source == "After it" && next.type == "object or null")
        #expect(next.continuation == .recursion(component: "A") && next.rows.isEmpty)
    }

    @Test("a base schema that the schema is inside of is not shown in it again")
    func openBase() throws {
        let text = """
            {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {c: Cat}},
             oneOf: [{$ref: '#/components/schemas/Cat'}]}
            """
        let cat = ", Cat: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {lives: {type: integer}}}]}"
        let shown = try schema(text, others: cat)
        #expect(
            shown.rows.map(\.name) == ["kind", "Cat"]
                && shown.constraints == [.discriminator(property: "kind", mapping: ["c → Cat"])])
        #expect(shown.rows[1].schema.rows.map(\.name) == ["lives"])
        #expect(shown.rows[1].schema.continuation == .recursion(component: "A"))
    }

    @Test("what a component says besides being a reference to another one counts, and its own name is told")
    func aliases() throws {
        let others =
            ", B: {$ref: '#/components/schemas/A', description: Said by B}, C: {properties: {x: {$ref: '#/components/schemas/B'}}}"
        let text = "{schemas: {A: {type: string, description: Said by A}\(others)}}"
        let row = try #require(try document(components: text).schemas.last?.schema.rows.first)
        #expect(row.schema.component == "B" && row.schema.description?.source == "Said by B" && row.schema.type == "string")
    }

    @Test(
        "conditions, places of lists, names and what stands in a text have rows of their own",
        arguments: [
            ("{if: {required: [a]}, then: {minProperties: 2}, else: false}", ["condition ", "consequence ", "otherwise "]),
            ("{prefixItems: [{type: string}, {type: integer}], items: false}", ["items 1", "items 2"]),
            ("{prefixItems: [{type: string}], items: {type: integer}}", ["items 1", "otherItems "]),
            ("{type: array, contains: {const: 1}}", ["contains "]), ("{propertyNames: {pattern: '^x'}}", ["propertyNames "]),
            ("{dependentSchemas: {a: {required: [b]}}}", ["dependent a"]),
            ("{type: string, contentMediaType: application/json, contentSchema: {type: object}}", ["content "]),
            ("{type: object, unevaluatedProperties: {type: string}}", ["additionalProperties "]),
            (
                "{patternProperties: {'^x-': {type: string}, 'x-y': {type: string}}}",
                ["patternProperty ^x-", "patternProperty x-y"]
            ),
            ("{type: array, items: {type: string}}", []), ("{not: {type: string}}", ["not "]),
        ])
    func rows(text: String, expected: [String]) throws {
        #expect(try roles(text) == expected)
    }

    @Test(
        "constraints of OpenAPI 3.1 are told",
        arguments: [
            ("{unevaluatedProperties: false}", APIConstraint.noOtherProperties),
            ("{prefixItems: [{}], items: false}", .noOtherItems),
            ("{dependentRequired: {card: [street, city]}}", .dependent(property: "card", others: "street, city")),
            (
                "{discriminator: {propertyName: kind, mapping: {A: '#/components/schemas/A'}}}",
                .discriminator(property: "kind", mapping: [])
            ),
            ("{contentMediaType: image/png}", .mediaType("image/png")), ("{required: [b, a]}", .needs("a, b")),
            ("{required: [a, b], properties: {a: true}}", .needs("b")),
        ])
    func constraints(text: String, constraint: APIConstraint) throws {
        #expect(try schema(text).constraints == [constraint])
    }

    @Test("what is no component goes on where it stands, for it stands nowhere else; there is an end to that, too")
    func inlineDepth() throws {
        let nested = { (depth: Int) in
            (0..<depth).reduce("{type: string, description: Deepest}") { inside, _ in "{properties: {p: \(inside)}}" }
        }
        var schema = try schema(nested(20))
        while let row = schema.rows.first { schema = row.schema }
        #expect(schema.description?.source == "Deepest")
        let deep = try document(components: "{schemas: {A: \(nested(40))}}")
        var (cut, depth) = (deep.schemas[0].schema, 0)
        while let row = cut.rows.first { (cut, depth) = (row.schema, depth + 1) }
        #expect(cut.continuation == .limit(component: nil) && depth == DocumentLimits.standard.inlineDepth && deep.isAbridged)
    }

    @Test("names that begin with x- are names where an object has no extensions")
    func namesWithX() throws {
        let document = try document(
            operation: """
                callbacks: {done: {x-note: n, '{$request.body#/url}': {post: {responses: {}}}}},
                responses: {x-tool: 1, '200': {description: D, headers: {x-request-id: {schema: {type: string}}, x-tool: 1},
                  content: {application/json: {schema: {$ref: '#/components/schemas/x-thing'}}}}}
                """,
            components:
                "{x-tool: {a: 1}, schemas: {x-thing: {properties: {x-part: {type: string}, x-order: 3}, x-tool: []}, x-tool: no}}"
        )
        let response = try #require(document.operations[0].responses.first)
        #expect(document.operations[0].responses.count == 1 && response.headers.map(\.name) == ["x-request-id"])
        #expect(response.contents[0].schema?.rows.map(\.name) == ["x-part"] && document.schemas.map(\.name) == ["x-thing"])
        #expect(document.operations[0].callbacks.map(\.expression) == ["{$request.body#/url}"])
    }

    @Test("alternatives that only need properties say which")
    func neededProperties() throws {
        let schema = try schema("{required: [a], properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}")
        #expect(schema.constraints.isEmpty && schema.rows.suffix(2).map(\.schema.constraints) == [[.needs("a")], [.needs("b")]])
    }

    @Test("a list that ends after its places is a list of nothing in particular")
    func closedTuple() throws {
        #expect(try schema("{type: array, prefixItems: [{type: string}], items: false}").type == "array")
        #expect(try schema("{type: array, items: {type: integer}}").type == "array of integer")
    }

    @Test("a path's summary and description stand for operations that have none")
    func pathTexts() throws {
        let text =
            Sample.head
            + "paths: {/a: {summary: S, description: D, get: {responses: {}}, put: {summary: Own, responses: {}}}}\n"
        let operations = try APIDocument(reading: Array(text.utf8)).operations
        #expect(operations.map(\.summary) == ["S", "Own"] && operations.map(\.description?.source) == ["D", "D"])
    }

    @Test("a response tells what may be called next")
    func links() throws {
        let links = "{next: {operationId: readIt, description: Go on, parameters: {id: $response.body#/id, n: 1}}}"
        let document = try document(operation: "responses: {'200': {description: D, links: \(links)}}")
        let link = try #require(document.operations[0].responses[0].links.first)
        #expect(link.name == "next" && link.operation == "readIt" && link.description?.source == "Go on")
        #expect(link.parameters == ["id: $response.body#/id", "n: 1"])
    }

    @Test("what describes a reference stands beside it, and a path item adds to its reference")
    func besideReferences() throws {
        let text =
            Sample.head + """
                paths:
                  /a: {$ref: '#/components/pathItems/P', parameters: [{$ref: '#/components/parameters/Q', description: Here}]}
                components:
                  pathItems: {P: {get: {responses: {}}}}
                  parameters: {Q: {name: q, in: query, required: true, description: There, schema: {type: string}}}

                """
        let operation = try #require(try APIDocument(reading: Array(text.utf8)).operations.first)
        #expect(operation.parameters.map(\.name) == ["q"] && operation.parameters[0].description?.source == "Here")
        #expect(operation.parameters[0].isRequired && operation.path == "/a")
    }
}
