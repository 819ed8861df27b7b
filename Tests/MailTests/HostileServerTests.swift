import NIOCore
import NIOPosix
import Testing

@testable import Mail

@Suite("Submission to a server that breaks the rules", .timeLimit(.minutes(2)))
struct HostileServerTests {
    private static func failure(
        greeting: String = "220 test\r\n", answers: [String?], security: SMTPSettings.Security = .starttls,
        timeout: Duration = .seconds(30)
    ) async throws -> String? {
        let server = try await ScriptedServer(greeting: greeting, answers: answers)
        let settings = try SMTPSettings(host: "127.0.0.1", port: server.port, security: security, timeout: timeout)
        do throws(DeliveryFailure) {
            try await SMTPTransport(settings: settings).deliver(Samples.sample)
            return nil
        } catch {
            guard case .unavailable(let reason) = error else { return "not unavailable: \(error)" }
            return reason
        }
    }

    private static let offer = "250-test\r\n250 STARTTLS\r\n"

    @Test("ends when words are slipped in before TLS begins")
    func injection() async throws {
        let reason = try await Self.failure(answers: [Self.offer, "220 go\r\n250 slipped in\r\n"])
        #expect(reason == "the server answered before it was asked")
    }

    @Test("ends when half a reply is slipped in before TLS begins")
    func halfInjection() async throws {
        let reason = try await Self.failure(answers: [Self.offer, "220 go\r\n250-slip"])
        #expect(reason == "the server answered before it was asked")
    }

    @Test("never goes on in plain text when STARTTLS is refused")
    func refusedStartTLS() async throws {
        let reason = try await Self.failure(answers: [Self.offer, "454 4.7.0 not now\r\n", "250 fine\r\n", "250 fine\r\n"])
        #expect(reason == "STARTTLS was answered with 454 4.7.0")
    }

    @Test(
        "gives up on what is no SMTP",
        arguments: [
            ("SSH-2.0-OpenSSH\r\n", "the server's answer is no SMTP: a line without a code"),
            ("220-a\r\n221 b\r\n", "the server's answer is no SMTP: a reply with two codes"),
            ("554 5.3.2 go away\r\n", "the greeting was answered with 554 5.3.2"),
            ("220 hello\r\n220 hello again\r\n", "the server answered before it was asked"),
            (String(repeating: "x", count: 5000), "the server's answer is no SMTP: a line of more than 2048 octets"),
            (String(repeating: "220-x\r\n", count: 200), "the server's answer is no SMTP: more than 100 lines"),
        ])
    func greetings(greeting: String, expected: String) async throws {
        let reason = try await Self.failure(greeting: greeting, answers: [])
        #expect(reason == expected)
    }

    @Test("does not wait for ever for a greeting")
    func silence() async throws {
        let reason = try await Self.failure(greeting: "", answers: [], timeout: .seconds(3))
        #expect(reason == "no answer in time to the greeting")
    }

    @Test("says where the connection ended")
    func closed() async throws {
        let hello = "250 test\r\n"
        #expect(try await Self.failure(answers: [nil], security: .none) == "the connection ended at EHLO")
        #expect(
            try await Self.failure(answers: [hello, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", nil], security: .none)
                == "the connection ended at the message")
    }

    @Test("opens a new connection where the kept one was closed")
    func staleConnection() async throws {
        let mail: [String?] = ["250 ok\r\n", "250 ok\r\n", "354 go\r\n"]
        let lines = Samples.sample.content.count { $0 == .lineFeed } + 1
        let silence = [String?](repeating: "", count: lines - 1)
        // Takes one mail, then closes at the next command; a new connection starts the script again.
        let server = try await ScriptedServer(
            greeting: "220 test\r\n", answers: ["250 test\r\n"] + mail + silence + ["250 taken\r\n", nil])
        let settings = try SMTPSettings(host: "127.0.0.1", port: server.port, security: .none, timeout: .seconds(30))
        let transport = SMTPTransport(settings: settings)
        try await transport.deliver(Samples.sample)
        try await transport.deliver(Samples.sample)
    }

    @Test("leaves when its task is cancelled")
    func cancellation() async throws {
        let server = try await ScriptedServer(greeting: "", answers: [])
        let settings = try SMTPSettings(host: "127.0.0.1", port: server.port, timeout: .seconds(600))
        let delivery = Task { try await SMTPTransport(settings: settings).deliver(Samples.sample) }
        delivery.cancel()
        await #expect(throws: DeliveryFailure.self) { try await delivery.value }
    }

    @Test("takes leave of a connection that no mail needs any more")
    func idleConnection() async throws {
        let mail: [String?] = ["250 ok\r\n", "250 ok\r\n", "354 go\r\n"]
        let lines = Samples.sample.content.count { $0 == .lineFeed } + 1
        let silence = [String?](repeating: "", count: lines - 1)
        let server = try await ScriptedServer(
            greeting: "220 test\r\n", answers: ["250 test\r\n"] + mail + silence + ["250 taken\r\n", "221 bye\r\n"])
        let settings = try SMTPSettings(host: "127.0.0.1", port: server.port, security: .none, timeout: .seconds(30))
        let transport = SMTPTransport(
            settings: settings, group: MultiThreadedEventLoopGroup.singleton, idleLimit: .milliseconds(10))
        try await transport.deliver(Samples.sample)
        #expect(await server.nextLine(startingWith: "QUIT") == "QUIT")
    }
}
