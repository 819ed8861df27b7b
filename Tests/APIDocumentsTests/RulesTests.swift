import Testing

@testable import APIDocuments

@Suite("What is an OpenAPI document")
struct RulesTests {
    @Test(
        "another specification is refused by its name",
        arguments: [
            ("swagger: '2.0'\ninfo: {}\n", "Swagger 2.0"), ("asyncapi: 2.6.0\n", "AsyncAPI 2.6.0"), ("openapi: 3.2.0\n", "3.2.0"),
            ("openapi: 2.0.0\n", "2.0.0"), ("openapi: 3.1\n", "the number \"3.1\""), ("info: {}\n", "no such member"),
            ("[]", "a list"), ("hello", "the text \"hello\""), ("openapi: [3]\n", "a list"),
        ])
    func unsupported(text: String, message: String) throws {
        guard case .unsupported(let problem) = refusal(text) else {
            Issue.record("\(text) is taken, or refused for another reason")
            return
        }
        #expect(problem.reason.contains(message) && problem.reason.contains("expected"))
    }

    @Test(
        "what a page could not show rightly is refused with its pointer",
        arguments: [
            ("info: {version: '1'}\npaths: {}", "/info"), ("info: {title: T}\npaths: {}", "/info"), ("paths: {}", ""),
            ("info: {title: [], version: 1}\npaths: {}", "/info/title"), ("info: {title: T, version: 1}", ""),
            ("info: {title: T, version: 1}\npaths: []", "/paths"), ("info: {title: T, version: 1}\npaths: {a: {}}", "/paths/a"),
            ("info: {title: T, version: 1}\npaths: {/a: []}", "/paths/~1a"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: []}}", "/paths/~1a/get"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {parameters: {}}}}", "/paths/~1a/get/parameters"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {parameters: [{in: query}]}}}", "/paths/~1a/get/parameters/0"),
            (
                "info: {title: T, version: 1}\npaths: {/a: {get: {parameters: [{name: a, in: body}]}}}",
                "/paths/~1a/get/parameters/0/in"
            ),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {responses: {OK: {}}}}}", "/paths/~1a/get/responses/OK"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {responses: {'200': x}}}}", "/paths/~1a/get/responses/200"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {deprecated: maybe}}}", "/paths/~1a/get/deprecated"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {security: [{no: []}]}}}", "/paths/~1a/get/security/0/no"),
            ("info: {title: T, version: 1}\npaths: {/a: {get: {tags: [[]]}}}", "/paths/~1a/get/tags/0"),
            ("info: {title: T, version: 1}\ncomponents: {schemas: {A: {properties: []}}}", "/components/schemas/A/properties"),
            ("info: {title: T, version: 1}\ncomponents: {schemas: {A: text}}", "/components/schemas/A"),
            ("info: {title: T, version: 1}\ncomponents: {schemas: {A: {type: {}}}}", "/components/schemas/A/type"),
            ("info: {title: T, version: 1}\ncomponents: {schemas: {A: {enum: a}}}", "/components/schemas/A/enum"),
            (
                "info: {title: T, version: 1}\ncomponents: {securitySchemes: {A: {type: magic}}}",
                "/components/securitySchemes/A/type"
            ),
            ("info: {title: T, version: 1}\npaths: {}\nservers: [{}]", "/servers/0"),
        ])
    func invalid(rest: String, pointer: String) throws {
        let found = try #require(refusal("openapi: 3.1.0\n\(rest)\n"))
        guard case .invalid(let problems) = found else {
            Issue.record("refused for another reason: \(found)")
            return
        }
        #expect(problems.map(\.pointer).contains(pointer))
        #expect(problems.allSatisfy { $0.line != nil })
    }

    @Test("a message tells line, column, pointer, expectation and finding")
    func message() {
        let found = refusal("openapi: 3.0.0\ninfo: {version: '1', title: [a]}\npaths: {}\n")
        #expect(found?.description == "line 2, column 29, /info/title: expected a text, found a list")
    }

    @Test("extensions and members that nobody knows are ignored")
    func lenient() throws {
        let document = try document(
            operation: "x-a: 1, unknown: [], responses: {x-b: 2, '200': {description: d, x-c: {}}}, externalDocs: {url: ftp://a}")
        #expect(document.operations[0].responses.map(\.status) == ["200"] && document.operations[0].externalDocumentation == nil)
    }

    @Test("one problem is told once, however often its place is read")
    func once() throws {
        let text =
            Sample.head + "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}, '201': {$ref: "
            + "'#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: []}}}\n"
        #expect(refusal(text)?.problems.count == 1)
    }
}
