import ConfigurationFiles
import Testing

@testable import Mail

@Suite("The mail section of node.yaml")
struct MailSettingsTests {
    private static func read(_ yaml: String, environment: [String: String] = [:], folder: String = "/nowhere") throws
        -> MailSettings
    {
        let file = try ConfigurationFile(yaml: yaml, named: "node.yaml", environment: environment)
        return try MailSettings(reading: file.root.section("mail"), folder: folder)
    }

    private static func smtp(_ settings: MailSettings) throws -> SMTPSettings {
        guard case .smtp(let smtp) = settings.transport else { throw NotSMTP() }
        return smtp
    }

    private struct NotSMTP: Error {}

    @Test("needs a sender only, and then writes into the maildir")
    func minimal() throws {
        let settings = try Self.read("mail: {from: 開発者ポータル <no-reply@acme.example>}")
        #expect(settings.transport == .maildir)
        #expect(settings.from.displayName == "開発者ポータル")
        #expect(settings.from.description == "開発者ポータル <no-reply@acme.example>")
    }

    @Test("reads the domains in which portals may have senders of their own, and takes nothing else for one")
    func senderDomains() throws {
        let settings = try Self.read("mail: {from: a@acme.example, portal_sender_domains: [Dev.Example, bücher.example]}")
        #expect(settings.portalSenderDomains.names == ["dev.example", "xn--bcher-kva.example"])
        #expect(try Self.read("mail: {from: a@acme.example}").portalSenderDomains.names.isEmpty)
        for wrong in ["@dev.example", "dev", "'*.dev.example'", "a@dev.example"] {
            #expect(throws: ConfigurationError.self) {
                try Self.read("mail: {from: a@acme.example, portal_sender_domains: [\(wrong)]}")
            }
        }
    }

    @Test("reads a submission server, its password from a file beside it")
    func submission() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("hunter2 \n", to: "smtp.password")
        let yaml = """
            mail:
              transport: smtp
              from: no-reply@acme.example
              smtp: {host: smtp.acme.example, port: 587, username: portal, password_file: smtp.password, timeout_seconds: 7}
            """
        let smtp = try Self.smtp(Self.read(yaml, folder: folder.path))
        #expect(smtp.host == "smtp.acme.example" && smtp.port == 587 && smtp.security == .starttls)
        let file = "\(folder.path)/smtp.password"
        #expect(smtp.credentials == .init(username: "portal", password: Secret("hunter2 "), passwordFile: file))
        #expect(smtp.timeout == .seconds(7))
    }

    @Test("takes what the environment says over what the file says")
    func environment() throws {
        let yaml = "mail: {transport: smtp, from: a@acme.example, smtp: {host: one.example, port: 25, username: portal}}"
        let environment = ["PORTOLAN_MAIL_SMTP_PASSWORD": "hunter2", "PORTOLAN_MAIL_SMTP_HOST": "two.example"]
        let smtp = try Self.smtp(Self.read(yaml, environment: environment))
        #expect(smtp.host == "two.example")
        #expect(smtp.credentials?.password == Secret("hunter2"))
    }

    @Test("never shows a password, however it is printed")
    func secrecy() throws {
        let yaml = "mail: {transport: smtp, from: a@acme.example, smtp: {host: one.example, port: 25, username: portal}}"
        let settings = try Self.read(yaml, environment: ["PORTOLAN_MAIL_SMTP_PASSWORD": "hunter2"])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(![dumped, "\(settings)", String(reflecting: settings)].contains { $0.contains("hunter2") })
        #expect("\(Secret("hunter2"))" == "(hidden)")
    }

    @Test(
        "says which key is wrong, where, and what was expected",
        arguments: [
            ("mail: {}", "node.yaml:1: mail.from: this key is required: expected a sender"),
            ("mail: {from: Acme}", "node.yaml:1: mail.from: expected a sender such as"),
            ("mail: {from: 用户@acme.example}", "node.yaml:1: mail.from: expected a sender with ASCII letters before the @"),
            ("mail:\n  from: a@b.example\n  transport: pigeon", "node.yaml:3: mail.transport: expected one of maildir, smtp"),
            ("mail:\n  from: a@b.example\n  form: x", "node.yaml:3: mail.form: there is no such key"),
            ("mail:\n  from: a@b.example\n  smtp:\n    port: x", "mail.smtp.host: this key is required"),
            ("mail: {from: a@b.example, transport: smtp, smtp: {host: h.example}}", "mail.smtp.port: this key is required"),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: h.example, port: 0}}",
                "mail.smtp.port: expected a whole number"
            ),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: 'a b', port: 1}}",
                "mail.smtp.host: expected a host name or an IP"
            ),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: h.example, port: 1, security: none}}",
                "mail.smtp.security: expected starttls or tls"
            ),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: h.example, port: 1, username: u}}",
                "mail.smtp.username: expected a password"
            ),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: h.example, port: 1, ca_file: missing.pem}}",
                "mail.smtp.ca_file: expected a text file"
            ),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: h.example, port: 1, username: u, password_file: gone}}",
                "mail.smtp.password_file: expected a text file"
            ),
            (
                "mail: {from: a@b.example, transport: smtp, smtp: {host: h.example, port: 1, user: u}}",
                "mail.smtp.user: there is no such key"
            ),
        ])
    func wrong(yaml: String, message: String) {
        do {
            _ = try Self.read(yaml)
            Issue.record("expected a refusal")
        } catch {
            #expect("\(error)".contains(message))
        }
    }

    @Test("refuses a password in the file and does not repeat it")
    func passwordInFile() {
        let yaml = """
            mail:
              from: a@b.example
              transport: smtp
              smtp:
                host: h.example
                port: 587
                username: portal
                password: hunter2
            """
        do {
            _ = try Self.read(yaml)
            Issue.record("expected a refusal")
        } catch {
            #expect("\(error)".hasPrefix("node.yaml:8: mail.smtp.password: expected no password in this file"))
            #expect("\(error)".contains("PORTOLAN_MAIL_SMTP_PASSWORD") && !"\(error)".contains("hunter2"))
        }
    }

    @Test(
        "lets plain text go to this machine only",
        arguments: [
            ("localhost", true), ("127.0.0.1", true), ("::1", true), ("smtp.localhost", true), ("10.0.0.1", false),
            ("localhost.example.com", false), ("127.0.0.1.example.com", false),
        ])
    func plainText(host: String, isAllowed: Bool) {
        #expect(((try? SMTPSettings(host: host, port: 25, security: .none)) != nil) == isAllowed)
    }

    @Test(
        "refuses senders that are no mailbox",
        arguments: [
            "", "Acme <>", "Acme <a@b.example", "A <b@c.example> <d@e.example>", "\"Acme <a@b.example>", "Acme\n<a@b.example>",
            "a@localhost", "A\"B <a@b.example>",
        ])
    func senders(text: String) {
        #expect(throws: MailboxError.self) { try Mailbox(text) }
    }
}
