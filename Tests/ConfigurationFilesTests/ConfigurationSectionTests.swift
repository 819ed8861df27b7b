import ConfigurationFiles
import Testing

@Suite("Reading a configuration file")
struct ConfigurationSectionTests {
    private func root(_ yaml: String, _ environment: [String: String] = [:]) throws -> ConfigurationSection {
        try ConfigurationFile(yaml: yaml, named: "node.yaml", environment: environment).root
    }

    @Test("an empty file keeps every default", arguments: ["", "\n\n", "# only a comment\n", "---\n", "~", "null", "{}"])
    func empty(yaml: String) throws {
        let root = try root(yaml)
        #expect(try root.string("geo") == nil && root.section("mail").integer("port", in: 1...9) == nil)
        #expect(try root.sections("peers").isEmpty)
        try root.finish()
    }

    @Test("a key without a value counts as missing", arguments: ["geo:", "geo: ", "geo: ~", "geo: null", "geo: \"\""])
    func noValue(yaml: String) throws {
        #expect(try root(yaml).string("geo") == nil)
        #expect(try root(yaml).section("geo").string("id") == nil)
        #expect(try root(yaml).sections("geo").isEmpty)
    }

    @Test("a quoted null is a text like any other")
    func quoted() throws {
        #expect(try root("name: \"null\"").string("name") == "null" && root("name: '~'").string("name") == "~")
    }

    @Test("values come as they are written: texts, numbers, truth values, words")
    func values() throws {
        let root = try root("text: 007\nnumber: 12\nyes: true\nno: false\nquoted: \"a: b # c\"\nfolded: >-\n  one\n  two\n")
        #expect(try root.string("text") == "007" && root.integer("number", in: 0...12) == 12)
        #expect(try root.boolean("yes") == true && root.boolean("no") == false)
        #expect(try root.string("quoted") == "a: b # c" && root.string("folded") == "one two")
        try root.finish()
    }

    @Test("a variable of the environment stands for a key, also for one that the file lacks, and wins over the file")
    func environment() throws {
        let variables = ["PORTOLAN_GEO": "us", "PORTOLAN_MAIL_SMTP_HOST": "smtp.example", "GEO": "au", "PORTOLAN_geo": "au"]
        #expect(try root("geo: eu", variables).string("geo") == "us")
        #expect(try root("", variables).section("mail").section("smtp").string("host") == "smtp.example")
        #expect(try root("geo: {id: eu}", variables).string("geo") == "us")
        #expect(ConfigurationFile.variable(for: ["mail", "smtp", "password_file"]) == "PORTOLAN_MAIL_SMTP_PASSWORD_FILE")
    }

    @Test("without an environment no variable changes anything")
    func noEnvironment() throws {
        #expect(try ConfigurationFile(yaml: "geo: eu", named: "topology.yaml").root.string("geo") == "eu")
    }

    @Test("anchors and aliases stand for what they name")
    func aliases() throws {
        let root = try root("base: &base {port: 1}\nother: *base\nname: &name eu\ngeo: *name\n")
        #expect(try root.section("other").integer("port", in: 1...9) == 1 && root.string("geo") == "eu")
        _ = try root.section("base")
        _ = try root.string("name")
        try root.finish()
    }

    @Test("a key asked for but absent is not unknown; one that stands there but was not asked for is")
    func known() throws {
        let root = try root("geo: eu")
        #expect(root.has("geo") && !root.has("mail"))
        #expect(throws: ConfigurationError.self) { try root.finish() }
        _ = try root.string("geo")
        try root.finish()
    }

    @Test("sections know their path and line")
    func places() throws {
        let peers = try root("peers:\n  - name: a\n  -\n    name: b\n").sections("peers")
        #expect(peers.map(\.path) == [["peers[0]"], ["peers[1]"]] && peers.map(\.line) == [2, 4])
        #expect(peers[1].error("name", "wrong").description == "node.yaml:4: peers[1].name: wrong")
    }
}
