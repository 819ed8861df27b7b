import Testing

@testable import APIDocuments

@Suite("References")
struct ReferenceTests {
    private func refused(_ schemas: String) -> DocumentProblem? {
        refusal(Sample.head + "components: {schemas: \(schemas)}\n")?.problems.first
    }

    @Test(
        "a reference to another document is refused, and never fetched",
        arguments: [
            "https://evil.example/x.json", "http://169.254.169.254/latest", "file:///etc/passwd", "other.yaml#/A", "/etc/passwd",
            "//evil.example/#/x", "", "../x",
        ])
    func elsewhere(reference: String) throws {
        let problem = try #require(refused("{A: {properties: {b: {$ref: '\(reference)'}}}}"))
        #expect(problem.pointer == "/components/schemas/A/properties/b/$ref" && problem.line == 3)
        #expect(problem.reason.contains("never fetched"))
    }

    @Test(
        "a reference into nothing, around in a circle or to the whole is refused",
        arguments: [
            ("{A: {$ref: '#/components/schemas/B'}}", "there is nothing"),
            ("{A: {$ref: '#/components/schemas/A'}}", "each other"),
            ("{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}", "each other"),
            ("{A: {$ref: '#'}}", "whole document"), ("{A: {$ref: '#/'}}", "there is nothing"),
            ("{A: {$ref: '#Anchor'}}", "JSON pointer"),
            ("{A: {$ref: '#/components/schemas/A%'}}", "JSON pointer"),
            ("{A: {$ref: '#/components/schemas/~2'}}", "JSON pointer"),
            ("{A: {properties: {x: {$ref: '#/components/schemas/A/properties/x'}}}}", "each other"),
            ("{A: {allOf: [{$ref: '#/components/schemas/A/allOf/1'}]}}", "there is nothing"),
            ("{A: {allOf: [{$ref: '#/components/schemas/A/allOf/00'}]}}", "there is nothing"),
        ])
    func wrong(schemas: String, message: String) throws {
        #expect(try #require(refused(schemas)).reason.contains(message))
    }

    @Test(
        "schemas are found by the names that they give themselves",
        arguments: [
            "#leaf", "https://example.com/tree#leaf", "https://example.com/tree#/$defs/leaf",
            "#/components/schemas/Tree/$defs/leaf",
        ])
    func names(reference: String) throws {
        let tree = "{$id: 'https://example.com/tree', $defs: {leaf: {$anchor: leaf, type: integer, example: 7}}}"
        let document = try document(components: "{schemas: {Tree: \(tree), Use: {properties: {x: {$ref: '\(reference)'}}}}}")
        #expect(document.schemas[1].schema.rows[0].schema.type == "integer")
    }

    @Test("inside of a schema with an id, a pointer begins there, and the whole is that schema")
    func resources() throws {
        let tree = """
            {$id: 'https://example.com/tree', type: object, $defs: {leaf: {type: integer}},
             properties: {leaf: {$ref: '#/$defs/leaf'}, rest: {$ref: '#'}, other: {$ref: '#/components/schemas/Other'}}}
            """
        let rows = try document(components: "{schemas: {Tree: \(tree), Other: {type: boolean}}}").schemas[0].schema.rows
        #expect(rows.map(\.schema.type) == ["integer", "object", "boolean"])
        #expect(rows[1].schema.continuation == .recursion(component: "Tree"))
    }

    @Test("a dynamic reference leads to the schema of that name")
    func dynamic() throws {
        let text = "{schemas: {Node: {$dynamicAnchor: node, type: object, properties: {next: {$dynamicRef: '#node'}}}}}"
        let next = try document(components: text).schemas[0].schema.rows[0].schema
        #expect(next.component == "Node" && next.continuation == .recursion(component: "Node"))
        #expect(
            refused("{A: {properties: {x: {$dynamicRef: '#nobody'}}}}")?.pointer
                == "/components/schemas/A/properties/x/$dynamicRef")
    }

    @Test("names in examples are names of nothing")
    func namesInData() throws {
        let problem = refused("{A: {example: {$anchor: a, $id: b}}, B: {$ref: '#a'}}")
        #expect(problem?.pointer == "/components/schemas/B/$ref")
        #expect(
            refused("{A: {properties: {$id: {type: string}}, default: {$id: b}}, B: {$ref: b}}")?.reason.contains("never fetched")
                == true)
    }

    @Test("every reference that is wrong is told, up to the limit")
    func several() throws {
        let schemas = (0..<50).map { "S\($0): {$ref: '#/x\($0)'}" }.joined(separator: ", ")
        let found = try #require(refusal(Sample.head + "components: {schemas: {\(schemas)}}\n"))
        #expect(found.problems.count == 20)
    }

    @Test(
        "names with slashes, tildes, spaces and percent signs are found",
        arguments: [("a/b", "a~1b"), ("a~b", "a~0b"), ("a b", "a%20b"), ("a%b", "a%25b"), ("ä", "%C3%A4")])
    func escapes(name: String, token: String) throws {
        let document = try document(
            components:
                "{schemas: {\"\(name)\": {type: integer}, Use: {properties: {x: {$ref: '#/components/schemas/\(token)'}}}}}")
        #expect(document.schemas[1].schema.rows[0].schema.type == "integer")
        #expect(document.schemas[1].schema.rows[0].schema.component == name)
    }

    @Test("a long chain of references is followed to its end")
    func chain() throws {
        let links = (0..<5_000).map { "S\($0): {$ref: '#/components/schemas/S\($0 + 1)'}" }.joined(separator: ", ")
        let document = try document(components: "{schemas: {\(links), S5000: {type: boolean}}}")
        #expect(document.schemas[0].schema.type == "boolean" && document.schemas[0].schema.component == "S1")
    }

    @Test("a schema that is inside of itself is named where it begins again")
    func recursion() throws {
        let document = try document(
            components: "{schemas: {Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}, "
                + "all: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}}}")
        let tree = document.schemas[0].schema
        #expect(tree.rows[0].schema.continuation == .recursion(component: "Tree"))
        #expect(tree.rows[1].schema.type == "array of Tree")
        #expect(tree.rows[1].schema.rows[0].schema.continuation == .recursion(component: "Tree"))
    }

    @Test(
        "schemas that merge each other end",
        arguments: [
            "{A: {allOf: [{$ref: '#/components/schemas/A'}], type: object}}",
            "{A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {allOf: [{$ref: '#/components/schemas/A'}], type: object}}",
        ])
    func merging(schemas: String) throws {
        #expect(try document(components: "{schemas: \(schemas)}").schemas[0].schema.type == "object")
    }

    @Test("in examples, defaults and extensions a reference is data")
    func data() throws {
        let document = try document(
            operation: "x-y: {$ref: 'http://a'}, responses: {'200': {description: d, content: {application/json: {schema: "
                + "{default: {$ref: 'http://b'}, examples: [{$ref: 'http://c'}]}, examples: {e: {value: {$ref: 'http://d'}}}}}}}")
        #expect(document.operations[0].responses[0].contents[0].examples[0].text.contains("http://d"))
    }

    @Test("a path item that is a reference has the operations that it stands for")
    func pathItem() throws {
        let text =
            Sample.head + "paths: {/a: {$ref: '#/components/pathItems/P'}}\ncomponents: {pathItems: {P: {get: {summary: S}}}}\n"
        #expect(try APIDocument(reading: Array(text.utf8)).operations.first?.summary == "S")
    }
}
