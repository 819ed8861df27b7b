import Accounts
import NIOCore
import NIOPosix
import Testing

@testable import Mail

@Suite("Submission to a real server", .timeLimit(.minutes(2)))
struct SubmissionTests {
    private static let credentials = SMTPSettings.Credentials(username: "portal", password: Secret("pässword with spaces"))

    private static func options(security: SMTPSettings.Security = .starttls, mechanisms: [String]? = nil) -> MailServer.Options {
        var options = MailServer.Options()
        options.security = security.rawValue
        options.mechanisms = mechanisms
        if mechanisms != nil {
            options.user = credentials.username
            options.password = credentials.password.value
        }
        return options
    }

    /// The failure of one mail; nil where it was taken.
    private static func failure(of transport: SMTPTransport, _ mail: RenderedMail? = nil) async throws -> DeliveryFailure? {
        do throws(DeliveryFailure) {
            try await transport.deliver(mail ?? Samples.sample)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "logs in after STARTTLS and hands the message over unchanged", arguments: ["PLAIN", "LOGIN"])
    func startTLS(mechanism: String) async throws {
        let server = try await MailServer(Self.options(mechanisms: [mechanism]))
        let transport = SMTPTransport(settings: try server.settings(credentials: Self.credentials))
        let mail = try Samples.rendered()
        try await transport.deliver(mail)
        await transport.finish()
        let received = try await server.nextMail()
        #expect(received.encrypted && received.mechanism == mechanism)
        #expect(received.from == "no-reply@acme.example" && received.to == ["jane@example.com"])
        #expect(Array(received.content) == mail.content)
        #expect(received.options.contains("SIZE=\(mail.content.count)"))
        #expect(received.client == "[127.0.0.1]")
    }

    @Test("speaks TLS from the first byte, to a name and to an address", arguments: ["localhost", "127.0.0.1"])
    func implicitTLS(host: String) async throws {
        let server = try await MailServer(Self.options(security: .tls, mechanisms: ["PLAIN", "LOGIN"]))
        let settings = try server.settings(host: host, security: .tls, credentials: Self.credentials)
        #expect(try await Self.failure(of: SMTPTransport(settings: settings)) == nil)
        let received = try await server.nextMail()
        #expect(received.encrypted && received.mechanism == "PLAIN")
    }

    @Test("speaks plain text to this machine where it is told to")
    func plainText() async throws {
        let server = try await MailServer(Self.options(security: .none, mechanisms: ["LOGIN"]))
        let settings = try server.settings(security: .none, credentials: Self.credentials)
        #expect(try await Self.failure(of: SMTPTransport(settings: settings)) == nil)
        #expect(try await server.nextMail().encrypted == false)
    }

    @Test("hands over nothing where TLS is required and not offered")
    func noStartTLS() async throws {
        let server = try await MailServer(Self.options(security: .none))
        let failure = try await Self.failure(of: SMTPTransport(settings: server.settings()))
        #expect(failure == .unavailable(reason: "the server does not offer STARTTLS: see mail.smtp.security"))
    }

    @Test(
        "refuses a certificate of another name, of another time, or of nobody that it trusts",
        arguments: ["other_name", "expired", "untrusted"],
        [(SMTPSettings.Security.starttls, "localhost"), (.tls, "localhost"), (.tls, "127.0.0.1")])
    func certificates(kind: String, security: (SMTPSettings.Security, String)) async throws {
        let (security, host) = security
        var options = Self.options(security: security)
        options.certificate = kind
        let server = try await MailServer(options)
        let failure = try await Self.failure(of: SMTPTransport(settings: server.settings(host: host, security: security)))
        guard case .unavailable(let reason) = failure else {
            Issue.record("expected a refusal, found \(String(describing: failure))")
            return
        }
        #expect(reason.contains("the TLS handshake failed"))
    }

    @Test("blames the server, not the mail, for a wrong password")
    func wrongPassword() async throws {
        let server = try await MailServer(Self.options(mechanisms: ["PLAIN", "LOGIN"]))
        let credentials = SMTPSettings.Credentials(username: "portal", password: Secret("wrong"))
        let failure = try await Self.failure(of: SMTPTransport(settings: server.settings(credentials: credentials)))
        #expect(failure == .unavailable(reason: "AUTH was answered with 535 5.7.8"))
    }

    @Test("blames the server where it wants a login and none is configured")
    func missingLogin() async throws {
        let server = try await MailServer(Self.options(mechanisms: ["PLAIN"]))
        let failure = try await Self.failure(of: SMTPTransport(settings: server.settings()))
        #expect(failure == .unavailable(reason: "MAIL was answered with 530 5.7.0"))
    }

    @Test("takes a later yes after a first no, on the same connection")
    func greylisting() async throws {
        var options = Self.options()
        options.answers = ["RCPT": ["451 4.7.1 come back later"]]
        let server = try await MailServer(options)
        let transport = SMTPTransport(settings: try server.settings())
        #expect(try await Self.failure(of: transport) == .delayed(reason: "RCPT was answered with 451 4.7.1"))
        #expect(try await Self.failure(of: transport) == nil)
        _ = try await server.nextMail()
        #expect(server.connections == 1)
    }

    @Test("gives up one mail whose mailbox does not exist, and goes on with the next")
    func refusedRecipient() async throws {
        var options = Self.options()
        options.answers = ["RCPT": ["550 5.1.1 no such user"]]
        let server = try await MailServer(options)
        let transport = SMTPTransport(settings: try server.settings())
        #expect(try await Self.failure(of: transport) == .refused(reason: "RCPT was answered with 550 5.1.1"))
        #expect(try await Self.failure(of: transport) == nil)
        _ = try await server.nextMail()
        #expect(server.connections == 1)
    }

    @Test(
        "tells from the command and the code whether the mail or the server is at fault",
        arguments: [
            ("EHLO", "554 no service", DeliveryFailure.unavailable(reason: "EHLO was answered with 554")),
            ("MAIL", "550 5.7.1 not you", .unavailable(reason: "MAIL was answered with 550 5.7.1")),
            ("MAIL", "451 4.3.0 disk full", .unavailable(reason: "MAIL was answered with 451 4.3.0")),
            ("MAIL", "552 5.3.4 too big", .refused(reason: "MAIL was answered with 552 5.3.4")),
            ("RCPT", "530 5.7.0 log in first", .unavailable(reason: "RCPT was answered with 530 5.7.0")),
            ("DATA", "554 5.6.0 spam", .refused(reason: "the message was answered with 554 5.6.0")),
            ("DATA", "452 4.2.2 full", .delayed(reason: "the message was answered with 452 4.2.2")),
            ("RCPT", "421 4.3.2 going down", .unavailable(reason: "RCPT was answered with 421 4.3.2")),
        ])
    func refusals(command: String, answer: String, expected: DeliveryFailure) async throws {
        var options = Self.options()
        options.answers = [command: [answer]]
        let server = try await MailServer(options)
        #expect(try await Self.failure(of: SMTPTransport(settings: server.settings())) == expected)
    }

    @Test("waits no longer than it is told to", arguments: [("EHLO", "EHLO"), ("RCPT", "RCPT"), ("DATA", "the message")])
    func hangingServer(command: String, named: String) async throws {
        var options = Self.options()
        options.hang = command
        let server = try await MailServer(options)
        let transport = SMTPTransport(settings: try server.settings(timeout: .seconds(3)))
        #expect(try await Self.failure(of: transport) == .unavailable(reason: "no answer in time to \(named)"))
    }

    @Test("says that nobody listens")
    func down() async throws {
        let listener = try await ScriptedServer(greeting: "", answers: [])
        let port = listener.port
        try await listener.stop()
        let settings = try SMTPSettings(host: "127.0.0.1", port: port)
        #expect(
            try await Self.failure(of: SMTPTransport(settings: settings)) == .unavailable(reason: "the server cannot be reached"))
    }

    @Test("sends several mails over one connection, and several connections at once")
    func reuse() async throws {
        let server = try await MailServer(Self.options())
        let transport = SMTPTransport(settings: try server.settings())
        for _ in 0..<3 { try await transport.deliver(Samples.rendered()) }
        for _ in 0..<3 { #expect(try await server.nextMail().connection == 1) }
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await transport.deliver(Samples.rendered()) } }
            try await group.waitForAll()
        }
        for _ in 0..<4 { _ = try await server.nextMail() }
        #expect((1...4).contains(server.connections))
        await transport.finish()
    }

    @Test("needs SMTPUTF8 for a local part that is not ASCII, and says so where it is not offered", arguments: [true, false])
    func internationalAddress(isOffered: Bool) async throws {
        var options = Self.options()
        options.smtputf8 = isOffered
        let server = try await MailServer(options)
        let transport = SMTPTransport(settings: try server.settings())
        let mail = try Samples.rendered(to: "用户@bücher.example")
        let failure = try await Self.failure(of: transport, mail)
        guard isOffered else {
            #expect(
                failure == .refused(reason: "the address is not ASCII before the @, and the server does not offer SMTPUTF8"))
            return
        }
        #expect(failure == nil)
        let received = try await server.nextMail()
        #expect(received.to == ["用户@xn--bcher-kva.example"] && received.options.contains("SMTPUTF8"))
        #expect(Array(received.content) == mail.content)
    }

    @Test("does not send what is larger than the server takes")
    func size() async throws {
        var options = Self.options()
        options.size = 500
        let server = try await MailServer(options)
        let failure = try await Self.failure(of: SMTPTransport(settings: server.settings()))
        #expect(failure == .refused(reason: "the message is larger than the 500 octets that the server takes"))
    }

    @Test("keeps lines that start with a dot")
    func dots() async throws {
        let server = try await MailServer(Self.options())
        let sample = Samples.sample
        let content = Array("Subject: dots\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n".utf8)
        let mail = RenderedMail(
            id: sample.id, createdAt: sample.createdAt, content: content, sender: sample.sender, recipient: sample.recipient)
        #expect(try await Self.failure(of: SMTPTransport(settings: server.settings()), mail) == nil)
        #expect(try await Array(server.nextMail().content) == content)
    }
}
