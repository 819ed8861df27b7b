import Testing

@testable import APIDocuments

@Suite("Documents that mean harm")
struct HostileDocumentTests {
    /// Built when a test runs: some are large.
    enum Attack: String, CaseIterable {
        case laughs, laughsAsKeys, laughsInFlowKeys, quadratic, deepJSON, deepFlow, deepBlock, deepAlias, unclosed, manyValues,
            manyOperations, tooManyBytes, questions

        var text: String {
            switch self {
            case .laughs: Self.laughs { "[\(Array(repeating: $0, count: 10).joined(separator: ","))]" }
            case .laughsAsKeys: Self.laughs { "{? \($0) : 1, ? [\($0)] : 2}" }
            case .laughsInFlowKeys: Self.laughs { "{\($0) , [\($0)]}" }
            case .quadratic: Sample.head + "x: &a [" + many("a,", 30_000) + "]\ny: [" + many("*a,", 30_000) + "]\n"
            case .deepJSON: many("[", 10_000) + many("]", 10_000)
            case .deepFlow: Sample.head + "x: " + many("[", 10_000)
            case .deepBlock: Sample.head + "x:\n  " + many("- ", 10_000) + "a\n"
            case .deepAlias:
                Sample.head + "a: &a " + many("[", 60) + many("]", 60) + "\nb: " + many("[", 60) + "*a" + many("]", 60)
            case .unclosed: Sample.head + "x: [" + many("[],", 300_000)
            case .manyValues: "[" + many("1,", 500_000) + "1]"
            case .manyOperations: Sample.head + "paths:\n" + (0..<50_000).map { "  /\($0): {get: {}}\n" }.joined()
            case .tooManyBytes: many(" ", DocumentLimits.standard.bytes + 1)
            case .questions: Sample.head + "x:\n" + many("? ", 50_000) + "a\n"
            }
        }

        private static func laughs(_ line: (String) -> String) -> String {
            Sample.head + "x0: &x0 [ha]\n" + (1..<60).map { "x\($0): &x\($0) \(line("*x\($0 - 1)"))\n" }.joined()
        }

        private func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    }

    @Test("a bomb is refused before it goes off", arguments: Attack.allCases)
    func bombs(attack: Attack) throws {
        let text = attack.text
        var found: DocumentRefusal?
        let time = ContinuousClock().measure { found = refusal(text) }
        let problem = try #require(found?.problems.first)
        #expect(problem.description.utf8.count < 4_000)
        #expect(time < .seconds(20))
    }

    @Test("an alias counts as much as what it stands for")
    func aliasesCount() {
        var limits = DocumentLimits()
        limits.values = 40
        #expect(refusal(Sample.head + "paths: {}\nx: &a [1, 2, 3]\ny: [*a, *a, *a]\n", limits: limits) == nil)
        guard
            case .tooLarge(let problem) = refusal(Sample.head + "x: &a [1, 2, 3]\ny: [*a,*a,*a,*a,*a,*a,*a,*a]\n", limits: limits)
        else {
            Issue.record("the aliases are taken")
            return
        }
        #expect(problem.line == 4 && problem.pointer.hasPrefix("/y/"))
    }

    @Test(
        "schemas that multiply make a model of bounded size",
        arguments: ["properties", "oneOf", "allOf", "items"])
    func multiplication(keyword: String) throws {
        let references = (0..<40).map { "{$ref: '#/components/schemas/S\($0)'}" }
        let schema =
            switch keyword {
            case "properties": "properties: {" + references.enumerated().map { "p\($0): \($1)" }.joined(separator: ", ") + "}"
            case "items": "type: array, items: {oneOf: [\(references.joined(separator: ", "))]}"
            default: "\(keyword): [\(references.joined(separator: ", "))]"
            }
        let schemas = (0..<40).map { "S\($0): {\(schema)}" }.joined(separator: ", ")
        let paths = (0..<200).map {
            "  /\($0): {get: {responses: {'200': {description: d, content: {application/json: {schema: "
                + "{$ref: '#/components/schemas/S0'}}}}}}}\n"
        }
        var limits = DocumentLimits()
        limits.documentRows = 5_000
        let text = Sample.head + "paths:\n" + paths.joined() + "components: {schemas: {\(schemas)}}\n"
        let document = try APIDocument(reading: Array(text.utf8), limits: limits)
        #expect(document.operations.count == 200 && document.rowCount <= 5_000 && (document.isAbridged || keyword == "allOf"))
    }

    @Test("a description of a mebibyte is cut, once for each place, and all places together are bounded")
    func largeTexts() throws {
        let text = String(repeating: "<b>x</b>", count: 128 * 1024)
        let paths = (0..<100).map { "/\($0): {get: {description: &d \"\(($0 == 0 ? text : "y"))\", summary: *d}}" }
        var limits = DocumentLimits()
        limits.modelBytes = 100_000
        let document = try APIDocument(
            reading: Array((Sample.head + "paths: {" + paths.joined(separator: ", ") + "}\n").utf8), limits: limits)
        let sizes = document.operations.map { ($0.description?.source.utf8.count ?? 0) + ($0.summary?.utf8.count ?? 0) }
        #expect(document.isAbridged && sizes.reduce(0, +) < 120_000 && sizes.max() ?? 0 < 40_000)
    }

    @Test("of an enum with many values the first are shown")
    func enums() throws {
        let values = (0..<20_000).map { "v\($0)" }.joined(separator: ", ")
        let schema = try document(components: "{schemas: {E: {enum: [\(values)]}}}").schemas[0].schema
        #expect(schema.values.count == 100 && schema.omittedValues == 19_900 && schema.type == "string")
    }

    @Test(
        "control characters, and what turns text around, are not in any text",
        arguments: ["\\u001b[31m", "\\u202E", "\\u2066", "\\u009b", "\\r\\n", "\\uFEFF"])
    func controls(escape: String) throws {
        let text = """
            {"openapi": "3.1.0", "info": {"title": "T\(escape)t", "version": "1\(escape)"}, "servers": [{"url": "https://a\(escape)b"}],
            "paths": {"/a\(escape)": {"get": {"summary": "s\(escape)", "description": "d\(escape)", "tags": ["\(escape)t"],
              "parameters": [{"name": "p\(escape)", "in": "query", "required": true, "example": "\(escape)"}],
              "requestBody": {"content": {"a/json": {"schema": {"properties": {"q\(escape)": {"enum": ["e\(escape)"]}}}}}},
              "responses": {}}}}}
            """
        let document = try APIDocument(reading: Array(text.utf8))
        var shown = ""
        dump(document, to: &shown)
        let operation = try #require(document.operations.first)
        shown += (operation.curl ?? "") + (operation.description?.html.description ?? "")
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || PlainText.isHarmless($0) })
        #expect(!operation.path.contains("\n") && !document.title.contains("\n"))
    }

    @Test("many references to one large path item, callback or parameter cost no more than a document of their size")
    func largeTargets() throws {
        let filling = (0..<20_000).map { "x-\($0): 1" }.joined(separator: ", ")
        let paths = (0..<20_000).map { "/\($0): {$ref: '#/components/pathItems/P', description: D}" }.joined(separator: ", ")
        let operations = (0..<2_000).map { number in
            """
            /o\(number): {get: {parameters: [{$ref: '#/components/parameters/Q', description: D}], callbacks: {c: {$ref: \
            '#/components/callbacks/C'}}}}
            """
        }
        let components =
            "{pathItems: {P: {\(filling)}}, callbacks: {C: {\(filling)}}, parameters: {Q: {name: q, in: query, \(filling)}}}"
        let text = Sample.head + "paths: {\(paths), \(operations.joined(separator: ", "))}\ncomponents: \(components)\n"
        #expect(try readInTime(text).operations.count == 2_000)
    }

    @Test("thousands of schemas with ids and references between them are read in time in proportion to their number")
    func manyNames() throws {
        let schemas = (0..<4_000).map { number in
            "S\(number): {$id: 'https://a.example/\(number)', $anchor: a\(number), "
                + "properties: {x: {$ref: 'https://a.example/\(number * 7 % 4_000)'}, y: {$ref: '#a\(number)'}}}"
        }
        let text = Sample.head + "components: {schemas: {\(schemas.joined(separator: ", "))}}\n"
        #expect(try readInTime(text).schemas.count == 4_000)
    }

    /// A document that must not take longer than anybody waits.
    private func readInTime(_ text: String) throws -> APIDocument {
        let start = ContinuousClock.now
        let document = try APIDocument(reading: Array(text.utf8))
        #expect(ContinuousClock.now - start < .seconds(20))
        return document
    }

    @Test("operations that use up the room leave the components theirs")
    func halves() throws {
        let properties = (0..<50).map { "p\($0): {type: string}" }.joined(separator: ", ")
        let content = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}"
        let paths = (0..<100).map { "/\($0): {get: {responses: {'200': {\(content)}}}}" }.joined(separator: ", ")
        var limits = DocumentLimits()
        limits.documentRows = 1_000
        let text = Sample.head + "paths: {\(paths)}\ncomponents: {schemas: {A: {properties: {\(properties)}}}}\n"
        let document = try APIDocument(reading: Array(text.utf8), limits: limits)
        let last = try #require(document.operations.last?.responses[0].contents[0].schema)
        #expect(last.rows.isEmpty && last.continuation == .limit(component: "A") && document.schemas[0].schema.rows.count == 50)
    }

    @Test("a message quotes little of a document, and no control characters")
    func messages() throws {
        let long = String(repeating: "x", count: 100_000)
        let problem = try #require(refusal("{\"openapi\": \"\\u001b[31m\(long)\"}")?.problems.first)
        #expect(problem.description.utf8.count < 300 && !problem.description.contains("\u{1b}"))
    }
}

extension APIDocument {
    /// Rows of all schemas.
    var rowCount: Int {
        let contents = operations.flatMap { ($0.requestBody?.contents ?? []) + $0.responses.flatMap(\.contents) }
        let all = contents.compactMap(\.schema) + operations.flatMap(\.parameters).map(\.schema) + schemas.map(\.schema)
        return all.map(\.rowCount).reduce(0, +)
    }
}

extension APISchema {
    var rowCount: Int { rows.count + rows.map(\.schema.rowCount).reduce(0, +) }
}
