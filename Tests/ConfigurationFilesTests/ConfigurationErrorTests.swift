import ConfigurationFiles
import Testing

@Suite("What is wrong with a configuration file")
struct ConfigurationErrorTests {
    enum Transport: String, CaseIterable { case maildir, smtp }

    /// Reads a file as a node would read one, and tells the one line that its start ends with.
    private func message(_ yaml: String, _ environment: [String: String] = [:]) -> String? {
        do {
            let root = try ConfigurationFile(yaml: yaml, named: "node.yaml", environment: environment).root
            _ = try root.requiredString("geo", expecting: "a geo id")
            let mail = try root.section("mail")
            _ = try mail.choice("transport", of: Transport.self)
            let smtp = try mail.section("smtp")
            _ = try smtp.string("host")
            _ = try smtp.integer("port", in: 1...65535)
            _ = try smtp.boolean("verify")
            try smtp.finish()
            try mail.finish()
            for peer in try root.sections("peers") {
                _ = try peer.required("name", expecting: "a name of three letters") { $0.count == 3 ? $0 : nil }
                _ = try peer.optional("weight", expecting: "a weight") { try Self.weight($0) }
                try peer.finish()
            }
            try root.finish()
            return nil
        } catch { return "\(error)" }
    }

    private struct TooHeavy: Error, CustomStringConvertible { let description = "expected at most 9, found more" }

    private static func weight(_ text: String) throws -> Int? {
        guard let weight = Int(text) else { return nil }
        guard weight < 10 else { throw TooHeavy() }
        return weight
    }

    @Test(
        "the message names file, line, key, expectation and finding",
        arguments: [
            ("mail:\n  transport: smtp", "node.yaml:1: geo: this key is required: expected a geo id, found nothing"),
            ("geo: \"\"", "node.yaml:1: geo: this key is required: expected a geo id, found nothing"),
            ("geo: [eu]", "node.yaml:1: geo: expected a geo id, found a list"),
            ("geo: {id: eu}", "node.yaml:1: geo: expected a geo id, found keys and values"),
            ("geo: eu\nmail:\n  transport: fax", "node.yaml:3: mail.transport: expected one of maildir, smtp, found \"fax\""),
            ("geo: eu\nmail: smtp", "node.yaml:2: mail: expected keys and values below it, found \"smtp\""),
            ("geo: eu\nmail: [smtp]", "node.yaml:2: mail: expected keys and values below it, found a list"),
            (
                "geo: eu\nmail:\n  smtp:\n    host: a\n    port: smtp",
                "node.yaml:5: mail.smtp.port: expected a whole number from 1 to 65535, found \"smtp\""
            ),
            (
                "geo: eu\nmail: {smtp: {port: 0}}",
                "node.yaml:2: mail.smtp.port: expected a whole number from 1 to 65535, found \"0\""
            ),
            (
                "geo: eu\nmail: {smtp: {port: 65536}}",
                "node.yaml:2: mail.smtp.port: expected a whole number from 1 to 65535, found \"65536\""
            ),
            (
                "geo: eu\nmail: {smtp: {port: 2.5}}",
                "node.yaml:2: mail.smtp.port: expected a whole number from 1 to 65535, found \"2.5\""
            ),
            ("geo: eu\nmail: {smtp: {verify: yes}}", "node.yaml:2: mail.smtp.verify: expected true or false, found \"yes\""),
            ("geo: eu\npeers: one", "node.yaml:2: peers: expected a list, found \"one\""),
            ("geo: eu\npeers:\n  - one", "node.yaml:3: peers[0]: expected keys and values, found \"one\""),
            (
                "geo: eu\npeers:\n  - name: one\n  - weight: 1",
                "node.yaml:4: peers[1].name: this key is required: expected a name of three letters, found nothing"
            ),
            ("geo: eu\npeers:\n  - name: three", "node.yaml:3: peers[0].name: expected a name of three letters, found \"three\""),
            ("geo: eu\npeers: [{name: one, weight: 12}]", "node.yaml:2: peers[0].weight: expected at most 9, found more"),
        ])
    func values(yaml: String, message expected: String) {
        #expect(message(yaml) == expected)
    }

    @Test(
        "an unknown key is refused with the keys that there are, at every level",
        arguments: [
            ("geo: eu\ngeos: us", "node.yaml:2: geos: there is no such key; the keys here are geo, mail, peers"),
            ("geo: eu\nmail:\n  smpt: {}", "node.yaml:3: mail.smpt: there is no such key; the keys here are smtp, transport"),
            (
                "geo: eu\nmail: {smtp: {Port: 1}}",
                "node.yaml:2: mail.smtp.Port: there is no such key; the keys here are host, port, verify"
            ),
            (
                "geo: eu\npeers: [{name: one, wait: 1}]",
                "node.yaml:2: peers[0].wait: there is no such key; the keys here are name, weight"
            ),
            ("geo: eu\n<<: {mail: 1}", "node.yaml:2: <<: there is no such key; the keys here are geo, mail, peers"),
            ("geo: eu\n[a, b]: c", "node.yaml:2: there is no such key; the keys here are geo, mail, peers"),
        ])
    func unknown(yaml: String, message expected: String) {
        #expect(message(yaml) == expected)
    }

    @Test(
        "a key that stands twice is refused with its name and its first line",
        arguments: [
            ("geo: eu\ngeo: us", "node.yaml:1: the key geo stands here more than once"),
            (
                "geo: eu\nmail:\n  transport: smtp\n  smtp: {}\n  transport: smtp",
                "node.yaml:3: the key transport stands here more than once"
            ),
        ])
    func twice(yaml: String, message expected: String) {
        #expect(message(yaml) == expected)
    }

    @Test(
        "what is no YAML mapping is refused with its line",
        arguments: [
            ("geo: eu\nmail: [1, 2", "node.yaml:3: this is not YAML: "),
            ("geo: eu\n\tmail: x", "node.yaml:2: this is not YAML: "),
            ("geo: \"eu", "node.yaml:1: this is not YAML: "), ("geo: eu\n  mail: x", "node.yaml:2: this is not YAML: "),
            ("geo: *nobody", "node.yaml:1: this is not YAML: "), ("geo: eu\n---\ngeo: us", "node.yaml:2: this is not YAML: "),
            ("- eu", "node.yaml:1: expected keys and values, such as \"geo: eu\""),
            ("eu", "node.yaml:1: expected keys and values"),
            ("geo: eu\nmail: a: b", "node.yaml:2: this is not YAML: "), ("geo: \u{7}", "node.yaml: this is not YAML: "),
        ])
    func syntax(yaml: String, beginning: String) {
        let found = message(yaml)
        #expect(found?.hasPrefix(beginning) == true, "\(found ?? "no error")")
    }

    @Test("a wrong variable of the environment is named instead of the file")
    func variable() {
        #expect(
            message("geo: eu", ["PORTOLAN_MAIL_SMTP_PORT": "smtp"])
                == "PORTOLAN_MAIL_SMTP_PORT: mail.smtp.port: expected a whole number from 1 to 65535, found \"smtp\"")
    }

    @Test("an error without a line or a key leaves them out")
    func description() {
        #expect(ConfigurationError(source: "a.yaml", reason: "x").description == "a.yaml: x")
        #expect(ConfigurationError(source: "a.yaml", line: 3, reason: "x").description == "a.yaml:3: x")
        #expect(ConfigurationError(source: "a.yaml", key: "k", reason: "x").description == "a.yaml: k: x")
    }
}
