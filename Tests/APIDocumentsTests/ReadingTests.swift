import Testing

@testable import APIDocuments

@Suite("Reading JSON and YAML")
struct ReadingTests {
    @Test(
        "YAML's plain scalars are what the core schema of YAML 1.2 says",
        arguments: [
            ("no", .text("no")), ("yes", .text("yes")), ("on", .text("on")), ("1.10", .number("1.10")), ("true", .boolean(true)),
            ("False", .boolean(false)), ("2024-02-29", .text("2024-02-29")), ("12:30", .text("12:30")), ("~", .null),
            ("null", .null), ("\"null\"", .text("null")), ("0o17", .number("0o17")), ("017", .number("017")),
            ("0x1F", .number("0x1F")), (".5", .number(".5")), ("1.", .number("1.")), ("1e3", .number("1e3")),
            ("-.inf", .number("-.inf")), ("1_000", .text("1_000")), ("1.2.3", .text("1.2.3")), ("!!str 1", .text("1")),
            ("'1'", .text("1")), ("=", .text("=")), ("+", .text("+")), ("1e", .text("1e")), ("0x", .text("0x")),
        ] as [(String, DocumentValue.Content)])
    func scalars(text: String, expected: DocumentValue.Content) throws {
        #expect(try value("a: \(text)\n")["a"]?.content == expected)
    }

    @Test("members keep their order, also in large objects")
    func order() throws {
        let names = (0..<100).map { "k\($0 * 7 % 100)" }
        let object = try #require(try value("{" + names.map { "\"\($0)\": 1" }.joined(separator: ",") + "}").object)
        #expect(object.members.map(\.name) == names)
        #expect(names.allSatisfy { object[$0] != nil } && object["k100"] == nil)
    }

    @Test("JSON escapes are read, pairs of surrogates too")
    func escapes() throws {
        #expect(try value(#"["\u0041\n\"\\\/\uD83D\uDC08"]"#).list?.first?.text == "A\n\"\\/🐈")
    }

    @Test("aliases stand for what they name, and merge keys add what is not there")
    func aliases() throws {
        let text = "base: &b {x: 1, y: 2}\nuse: *b\nmerged: {<<: *b, y: 3}\nboth: {<<: [{z: 1}, *b]}\nquoted: {'<<': 1}\n"
        let read = try value(text)
        #expect(read["use"] == read["base"])
        #expect(read["merged"]?["x"]?.text == "1" && read["merged"]?["y"]?.text == "3")
        #expect(read["both"]?.object?.members.map(\.name) == ["z", "x", "y"] && read["quoted"]?["<<"]?.text == "1")
    }

    @Test("places are lines and columns of what is wrong", arguments: ["{\n \"ä\": [1,\n  01]}", "a:\n  - b\n  - !x c\n"])
    func places(text: String) throws {
        let problem = try #require(refusal(text)?.problems.first)
        #expect(problem.line == 3 && (problem.column ?? 0) >= 3)
        #expect(problem.pointer == "/ä" || problem.pointer == "/a/1")
    }

    @Test(
        "what is no strict JSON is refused",
        arguments: [
            "{", "[1,]", "{\"a\":1,}", "{a: 1}", "['a']", "[01]", "[1.]", "[+1]", "[.5]", "[1e]", "[NaN]", "[\"\\x\"]",
            "[\"a\tb\"]", "[\"\\uD800\"]", "[\"\\uDC00\"]", "[\"\\uD800\\u0041\"]", "[\"\\u0000\"]", "[tru]", "[] []", "[\"a]",
            "[1 2]", "{\"a\" 1}", "// x\n{}".replacing("// x\n", with: "{//\n"), "[\"\\u+123\"]", "[1]\u{1b}",
        ])
    func strictJSON(text: String) {
        guard case .malformed = refusal(text) else {
            Issue.record("\(text) is taken")
            return
        }
    }

    @Test(
        "names that stand twice are refused, with the place of the second",
        arguments: ["{\"a\": 1,\n\"b\": 1,\n\"a\": 2}", "a: 1\nb: 1\na: 2\n", "x: &x {c: 1}\nb: 1\nx: {}\n"])
    func duplicates(text: String) throws {
        let problem = try #require(refusal(text)?.problems.first)
        #expect(problem.reason.hasSuffix("twice") && problem.line == 3 && problem.pointer.count == 2)
    }

    @Test("bytes that are no UTF-8, and NUL, are refused with their place")
    func bytes() throws {
        #expect(throws: DocumentRefusal.self) { try APIDocument(reading: Array("a: b\nc: ".utf8) + [0xFF]) }
        let utf16 = Array("{\"a\": 1}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        do {
            _ = try APIDocument(reading: utf16)
            Issue.record("UTF-16 is taken")
        } catch { #expect(error.problems.first?.reason.contains("the byte 0") == true && error.problems.first?.line == 1) }
    }

    @Test("a byte order mark is skipped")
    func mark() throws {
        #expect(try value("\u{FEFF}{\"a\": 1}")["a"]?.text == "1")
    }

    @Test(
        "what is not taken of YAML is refused, and the message says what it is",
        arguments: [
            ("a: 1\n---\nb: 2\n", "found another"), ("a: !!binary aGk=\n", "tag"), ("a: !ruby/object {}\n", "tag"),
            ("!!set {a}\n", "tag"), ("? [a]\n: b\n", "found a list"), ("{[a]: b}\nx: 1\n", "is not JSON"),
            ("x: {{a: 1}: b}\n", "found an object"), ("x: &a [*a]\n", "inside of what it stands for"), ("x: *a\n", "no anchor"),
            ("a: &x 1\n*x : 2\n", "found an alias"), ("a: \"\\0\"\n", "NUL"), ("a: [\n", "not YAML"), ("", "found nothing"),
            ("# only\n", "found nothing"), ("a: {<<: 1}\n", "to merge"), ("a: !!int x\n", "tag"), ("a: \u{1b}[31m\n", "not YAML"),
        ])
    func strictYAML(text: String, message: String) throws {
        let found = try #require(refusal(text))
        #expect(found.description.contains(message))
    }
}
