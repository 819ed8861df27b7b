import Foundation
import Testing

@testable import APIDocuments

@Suite("Command lines of curl")
struct CurlTests {
    private func curl(
        _ operation: String, components: String = "{}", server: String = "https://api.example.com", path: String = "/x"
    )
        throws -> String
    {
        let text =
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: \"\(server)\"}]\n"
            + "paths: {\"\(path)\": {post: {\(operation)}}}\ncomponents: \(components)\n"
        return try #require(try APIDocument(reading: Array(text.utf8)).operations[0].curl)
    }

    /// The words that a shell makes of a command line in which no variable is set.
    private func words(_ curl: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "curl() { printf '%s\\0' \"$@\"; }\n" + curl]
        process.environment = ["TOKEN": "t0ken", "API_KEY": "k3y", "USERNAME": "u", "PASSWORD": "p"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init)
    }

    @Test(
        "lists and objects are written in the style of their parameter",
        arguments: [
            ("in: query, example: [1, 2]", "p=1&p=2"), ("in: query, explode: false, example: [1, 2]", "p=1%2C2"),
            ("in: query, style: pipeDelimited, example: [a, b]", "p=a%7Cb"),
            ("in: query, style: spaceDelimited, explode: false, example: [a, b]", "p=a%20b"),
            ("in: query, example: {a: 1, b: x}", "a=1&b=x"),
            ("in: query, explode: false, example: {a: 1, b: x}", "p=a%2C1%2Cb%2Cx"),
            ("in: query, style: deepObject, example: {a: 1, b: x}", "p%5Ba%5D=1&p%5Bb%5D=x"),
            ("in: query, example: []", "p=%5B%5D"), ("in: query, schema: {enum: [up, down]}", "p=up"),
            ("in: query, content: {application/json: {schema: {example: {a: 1}}}}", "p=%7B%22a%22%3A%201%7D"),
            ("in: query, schema: {type: array}", "p=%7Bp%7D"), ("in: header, example: [1, 2]", "p: 1,2"),
            ("in: header, explode: true, example: {a: 1}", "p: a=1"),
        ])
    func styles(parameter: String, expected: String) throws {
        let curl = try curl("parameters: [{name: p, required: true, \(parameter)}]")
        #expect(try words(curl).contains { $0 == expected || $0.hasSuffix("/x?\(expected)") })
    }

    @Test("files of a form are read from files, by what OpenAPI 3.0 and what 3.1 says of them")
    func files() throws {
        let properties = """
            old: {type: string, format: binary}, new: {type: string, contentMediaType: image/png},
            several: {type: array, items: {type: string, contentMediaType: application/octet-stream}},
            text: {type: string, contentMediaType: image/png, contentEncoding: base64}, json: {contentMediaType: application/json}
            """
        let body = "requestBody: {content: {multipart/form-data: {schema: {properties: {\(properties)}}}}}"
        let words = try words(try curl(body))
        for field in ["old=@file", "new=@file", "several=@file"] {
            #expect(words.firstIndex(of: field).map { words[$0 - 1] } == "--form")
        }
        for field in ["text=string", "json=any"] { #expect(words.firstIndex(of: field).map { words[$0 - 1] } == "--form-string") }
    }

    @Test("a list in a path stands there with commas")
    func listInPath() throws {
        let curl = try curl("parameters: [{name: ids, in: path, required: true, example: [1, 2]}]", path: "/x/{ids}")
        #expect(curl.contains("'https://api.example.com/x/1%2C2'"))
    }

    @Test("the shelter's operations have these lines")
    func golden() throws {
        let lines = try Sample.shelter.document.operations.map { $0.curl ?? "" }
        #expect(
            lines[0] == """
                curl 'https://eu.shelter.example.com/v1/animals?limit=20' \\
                  --header 'X-Trace: {X-Trace}' \\
                  --header 'X-API-Key: '"$API_KEY"
                """)
        #expect(
            lines[1] == """
                curl --request POST \\
                  'https://eu.shelter.example.com/v1/animals' \\
                  --header 'X-Trace: {X-Trace}' \\
                  --header "Authorization: Bearer $TOKEN" \\
                  --header 'Content-Type: application/json' \\
                  --data-raw '{
                  "name": "Tom'\\''s friend",
                  "kind": "cat",
                  "answer": "no"
                }'
                """)
        #expect(
            lines[2] == """
                curl --globoff \\
                  --request PUT \\
                  'https://eu.shelter.example.com/v1/animals/{animalId}/photo' \\
                  --header 'X-API-Key: '"$API_KEY" \\
                  --form 'file=@file' \\
                  --form-string 'caption=It'\\''s @home'
                """)
        #expect(lines[3] == "curl 'https://eu.shelter.example.com/v1/status'")
    }

    @Test("a relative server leaves the host to the caller, a form is encoded, HTTP Basic asks for a name")
    func payments() throws {
        let lines = try Sample.payments.document.operations.map { $0.curl ?? "" }
        #expect(lines[0].contains("'https://{host}/payments/transfers'"))
        #expect(
            lines[2] == """
                curl --globoff \\
                  --request POST \\
                  'https://{host}/payments/tokens' \\
                  --user "$USERNAME:$PASSWORD" \\
                  --data-urlencode 'grant_type=client_credentials' \\
                  --data-urlencode 'scope=read write'
                """)
    }

    static let injections = [
        "'; touch pwned; '", "$(id)", "`id`", "\\\"; id #", "'\\\\''", "a\\nb", "-K/etc/passwd", "@/etc/passwd", "!!", "; id",
        "| id", "&& id",
        "\\u0000x", "'\\\"'\\\"'", "\\\\", "%0a",
    ]

    @Test("nothing of a document is run by the shell or read as a file by curl", arguments: injections)
    func injection(text: String) throws {
        let text = text.replacing("\\u0000", with: "")
        let operation = """
            parameters: [{name: "\(text)", in: query, required: true, example: "\(text)"}, {name: X, in: header, required: true,
            example: "\(text)"}, {name: "\(text)", in: header, required: true}, {name: c, in: cookie, required: true, example: "\(text)"},
            {name: p, in: path, required: true, example: "\(text)"}], security: [{a: [], b: [], c: []}],
            requestBody: {content: {"text/plain\(text)": {example: "\(text)"}}}
            """
        let components = """
            {securitySchemes: {a: {type: apiKey, in: query, name: "\(text)"}, b: {type: apiKey, in: header, name: "\(text)"},
            c: {type: http, scheme: "\(text)"}}}
            """
        let line = try curl(operation, components: components, server: "https://api.example.com/\(text)", path: "/\(text)/{p}")
        let words = try words(line)
        var index = 0
        while index < words.count {
            switch words[index] {
            case "--globoff": index += 1
            case "--request", "--header", "--cookie", "--data-raw":
                #expect(index + 1 < words.count && (words[index] == "--data-raw" || !words[index + 1].hasPrefix("@")))
                #expect(words[index] != "--cookie" || words[index + 1].contains("="))
                index += 2
            default:
                #expect(words[index].hasPrefix("https://") && !words[index].contains(" "))
                index += 1
            }
        }
        #expect(words.filter { $0.hasPrefix("https://") }.count == 1)
    }

    @Test(
        "names of fields that are instructions to curl are left out",
        arguments: ["a=@/etc/passwd;x", "a@b", "x;type=y", "<f", ""])
    func fields(name: String) throws {
        for type in ["multipart/form-data", "application/x-www-form-urlencoded"] {
            let line = try curl(
                "requestBody: {content: {\(type): {schema: {properties: {\"\(name)\": {format: binary}, ok: {const: '@/etc/passwd'}}}}}}"
            )
            let words = try words(line)
            #expect(words.contains("ok=@/etc/passwd") && !words.contains { $0.hasPrefix(name + "=") && !name.isEmpty })
            #expect(!words.contains("--form"))
        }
    }

    @Test(
        "only servers of http and https are called",
        arguments: [
            "ftp://a", "javascript:alert(1)", "file:///etc", "//evil.example", "https://", "gopher://a", "https://a b", "x",
        ])
    func servers(url: String) throws {
        #expect(try words(try curl("summary: s", server: url)).contains("https://{host}/x"))
    }

    @Test("variables hold the credentials, also in a query")
    func credentials() throws {
        let line = try curl(
            "security: [{a: []}]", components: "{securitySchemes: {a: {type: apiKey, in: query, name: 'k e$y'}}}",
            server: "https://a.example")
        #expect(try words(line).contains("https://a.example/x?k%20e%24y=k3y"))
    }

    @Test("a line that would be too long is left out, never cut")
    func long() throws {
        var limits = DocumentLimits()
        limits.exampleBytes = 400
        let parameters = (0..<50).map { "{name: parameter-\($0), in: query, required: true}" }.joined(separator: ", ")
        let text = Sample.head + "paths: {/x: {get: {parameters: [\(parameters)]}}}"
        let document = try APIDocument(reading: Array(text.utf8), limits: limits)
        #expect(document.operations[0].curl == nil && document.isAbridged)
    }

    @Test("an example that is cut is not sent")
    func cut() throws {
        let line = try curl("requestBody: {content: {application/json: {example: \"\(String(repeating: "x", count: 40_000))\"}}}")
        #expect(line.contains("--data-binary @file") && !line.contains("xxx"))
    }
}
